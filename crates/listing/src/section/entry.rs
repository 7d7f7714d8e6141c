//! An article as the page shows it.

use super::block::Blocks;
use super::layout::Layout;
use super::links::Target;
use super::{form, plain, title};
use news::{Address, Entry, Thumbnail};

/// Returns the entries of those addresses, in the order of the page.
pub fn read(
    layout: &Layout,
    targets: &[Target],
    base: &Address,
    language: Option<&str>,
) -> Vec<Entry> {
    let blocks = Blocks::read(layout, targets, |_| true);
    let entry = |target: &Target| Entry {
        id: target.address.as_str().to_owned(),
        link: Some(target.address.as_str().to_owned()),
        title: title::read(layout, &blocks, target).map(plain),
        published: form::day(&target.address),
        language: language.map(str::to_owned),
        ..Entry::default()
    };
    let _ = (base, Thumbnail::default());
    targets.iter().map(entry).collect()
}
