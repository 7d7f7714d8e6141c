//! The configuration and the command line, used wrongly.

use super::program::{Library, program, told};

#[test]
fn an_unknown_key_is_refused_with_its_line_and_a_suggestion() {
    let library = Library::new(&[]);
    let path = library.folder().join("pressmark.toml");
    std::fs::write(&path, "[fetch]\n\ncontatc = \"desk@quay.example\"\n").expect("written");
    let told = library.run(&["sources"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("line 3"), "{told:#?}");
    assert!(told.err.contains("did you mean `contact`?"), "{told:#?}");
}

#[test]
fn a_new_library_gets_a_commented_configuration() {
    let library = Library::new(&[]);
    let path = library.folder().join("pressmark.toml");
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(library.run(&["fetch"]).code, 1, "nothing is followed yet");
    let text = std::fs::read_to_string(&path).expect("a configuration");
    assert!(text.contains("#gap_ms = 1000"), "{text}");
}

#[test]
fn wrong_use_is_exit_code_two() {
    let library = Library::new(&[]);
    for arguments in [
        &["fetsh"][..],
        &["show"],
        &["show", "what-mark?"],
        &["print", "--form", "epub", "--out", "x"],
        &["search"],
        &["fetch", "--proxy", "not a proxy"],
    ] {
        if arguments[0] == "fetch" {
            library.run(&["add", "--anyway", "http://quay.example/"]);
        }
        let told = library.run(arguments);
        assert_eq!(told.code, 2, "{arguments:?}: {told:#?}");
        assert!(!told.err.contains("panicked"), "{told:#?}");
    }
}

#[test]
fn a_library_that_is_not_there_is_named() {
    let told = told(
        program(&["today", "--library", "/nonexistent/library"])
            .output()
            .expect("the program runs"),
    );
    assert_eq!(told.code, 1);
    assert!(told.err.contains("/nonexistent/library"), "{told:#?}");
}

#[test]
fn help_goes_to_standard_output() {
    let told = told(program(&["--help"]).output().expect("the program runs"));
    assert_eq!(told.code, 0);
    assert!(told.out.contains("demo") && told.err.is_empty(), "{told:#?}");
}

#[test]
fn a_library_that_can_not_be_opened_is_told_with_the_right_way_out() {
    let library = Library::new(&[]);
    let doctor = library.well(&["doctor"]).out;
    assert!(doctor.contains("fix: pressmark add URL --yes"), "{doctor}");
    library.run(&["fetch"]);
    library.set_form(99);
    let doctor = library.run(&["doctor"]);
    assert_eq!(doctor.code, 1, "{doctor:#?}");
    assert!(doctor.out.contains("fix: a newer pressmark"), "{doctor:#?}");
    std::fs::write(library.folder().join("library.sqlite"), "a bill of lading").expect("written");
    let doctor = library.run(&["doctor"]).out;
    assert!(doctor.contains("put it back from a backup"), "{doctor}");
}
