//! The documents of older mirrors: in without a loss, out in the same form.

use super::program::{Library, shared};

#[test]
fn every_document_of_the_genre_is_taken_in() {
    let Some(genre) = shared("genre") else { return };
    let library = Library::new(&[]);
    let mut documents_len = 0;
    for entry in std::fs::read_dir(&genre).expect("the genre").map(|entry| entry.expect("an entry"))
    {
        if !entry.file_name().to_string_lossy().starts_with('V') {
            continue;
        }
        let told = library.well(&["import", &entry.path().display().to_string()]);
        documents_len += std::fs::read_dir(entry.path()).expect("documents").count();
        assert!(told.err.contains(" 0 not to be read"), "{told:#?}");
    }
    assert!(documents_len > 150, "{documents_len}");
    assert_eq!(library.well(&["verify"]).out, "");
}

#[test]
fn the_seed_comes_out_as_it_went_in() {
    let Some(seed) = shared("genre/seed.md") else {
        return;
    };
    let library = Library::new(&[]);
    library.well(&["import", &seed.display().to_string()]);
    let out = library.scratch.path().join("out");
    library.well(&["print", "--form", "seed", "--out", &out.display().to_string()]);
    let printed = super::print::only_file(&out);
    let seed = std::fs::read_to_string(seed).expect("the seed");
    super::world::assert_same_document(&printed, &seed);
}

#[test]
fn a_file_that_is_no_document_is_named() {
    let library = Library::new(&[]);
    let folder = library.scratch.path().join("mirror");
    std::fs::create_dir_all(&folder).expect("a folder");
    let good =
        "<!--1700000000000-->\n[Tea](https://quay.example/tea)\n------\n\n<p>A crate of tea.</p>\n";
    std::fs::write(folder.join("1.md"), good).expect("written");
    std::fs::write(folder.join("2.md"), "").expect("written");
    let told = library.run(&["import", &folder.display().to_string()]);
    assert_eq!(told.code, 3, "{told:#?}");
    assert!(told.err.contains("not read") && told.err.contains("2.md"), "{told:#?}");
    assert!(library.well(&["show", "https://quay.example/tea"]).out.contains("A crate of tea."));
    assert_eq!(library.run(&["import", "/nonexistent"]).code, 1);
}
