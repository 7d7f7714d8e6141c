//! The source that comes of a choice.

use super::name;
use crate::discover::{Choice, Found};
use archive::{NewListing, NewSource, Role};
use listing::section::is_one_site;
use news::{Address, Form};

/// Returns the source that is followed by a choice, under this name if one was told.
pub fn new(found: &Found, choice: &Choice, name: Option<&str>) -> NewSource {
    let site = site(found, choice);
    let title = match choice.title.as_str() {
        "" => site.host().to_owned(),
        title => title.to_owned(),
    };
    NewSource {
        name: name.map_or_else(|| name::of(&site), str::to_owned),
        title,
        site,
        language: choice.language.clone(),
        listings: listings(found, choice),
    }
}

/// Returns the listings of a new source: the one that was chosen, and what else was found to see
/// by it what that one leaves out, and to have when it ends.
fn listings(found: &Found, choice: &Choice) -> Vec<NewListing> {
    let form = |choice: &Choice| Some(choice.form).filter(|form| *form != Form::Unknown);
    let main = NewListing::main(choice.address.clone(), form(choice));
    let witness = |address| NewListing { address, role: Role::Witness, form: None };
    let spare = |spare: &Choice| NewListing {
        address: spare.address.clone(),
        role: Role::Spare,
        form: form(spare),
    };
    let witnesses = found.witnesses(choice).into_iter().map(witness);
    let spares = found.spares(choice).into_iter().map(spare);
    [main].into_iter().chain(witnesses).chain(spares).collect()
}

/// Returns the site that a listing says it is of, if that is a part of the one looked at.
fn site(found: &Found, choice: &Choice) -> Address {
    let told = choice.site.clone().filter(|site| is_one_site(site.host(), found.site.host()));
    told.unwrap_or_else(|| found.site.clone())
}
