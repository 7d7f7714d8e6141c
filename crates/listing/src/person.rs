//! Names and mail addresses in one line.

use news::Person;

/// Reads `Name (mail)`, `mail (Name)`, `Name <mail>`, a mail address alone, a name alone.
pub fn read(text: &str) -> Option<Person> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some(email) = text
        .split(|c: char| c.is_whitespace() || "()<>[],;\"".contains(c))
        .find(|word| is_email(word))
    else {
        return Some(Person { name: Some(text.to_owned()), ..Person::default() });
    };
    let name = text.replacen(email, "", 1);
    let name = name.replace("()", "").replace("<>", "").replace("[]", "");
    let name = name.trim();
    let name = match name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
        Some(inside) => inside.trim(),
        None => name.trim_matches(|c: char| c.is_whitespace() || "<>,;\"".contains(c)),
    };
    let email = email.trim_start_matches("mailto:");
    // `desk@a.example (desk@a.example)` names nobody.
    let name = Some(name).filter(|name| !name.is_empty() && *name != email);
    Some(Person { name: name.map(str::to_owned), email: Some(email.to_owned()), href: None })
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !name.contains('/') && host.contains('.') && !host.contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(text: &str, name: &str, email: &str) {
        let person = read(text).unwrap();
        assert_eq!(
            (person.name.unwrap_or_default().as_str(), person.email.unwrap_or_default().as_str()),
            (name, email)
        );
    }

    #[test]
    fn a_person_is_a_name_and_a_mail_address_in_any_order() {
        check("Ada Byron", "Ada Byron", "");
        check("Ada Byron (ada@desk.example)", "Ada Byron", "ada@desk.example");
        check(
            "ada@desk.example (Ada (Countess) Byron)",
            "Ada (Countess) Byron",
            "ada@desk.example",
        );
        check("Ada Byron <ada@desk.example>", "Ada Byron", "ada@desk.example");
        check("ada@desk.example", "", "ada@desk.example");
        check("@ada", "@ada", "");
        check("ada@desk.example (ada@desk.example)", "", "ada@desk.example");
    }
}
