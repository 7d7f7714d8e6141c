//! The dialogue: what a site offers is shown, and one of it is taken.

use crate::args::{AddArgs, WrongUse};
use crate::desk::count;
use crate::discover::{self, Choice, Found};
use crate::shop::Shop;
use crate::talk::{self, print, say};
use anyhow::{Context, bail};
use serde_json::{Value, json};

/// Decides what to follow: the best choice, the one that was named, or the one a person takes.
pub async fn settle(
    shop: &Shop,
    typed: &str,
    found: Result<Found, String>,
    args: &AddArgs,
) -> anyhow::Result<(Found, Choice)> {
    let found = match found {
        Ok(found) if args.anyway => itself(typed, found),
        Ok(found) => found,
        Err(why) if args.anyway => discover::unread(typed, &why).context(why)?,
        Err(why) => bail!("{why}"),
    };
    if let Some(remark) = &found.remark {
        say(remark);
    }
    let number = match args.choice {
        _ if args.yes || args.anyway => 1,
        Some(number) => number,
        None => {
            show(shop, &found);
            ask(found.choices.len()).await?
        }
    };
    let choice = number.checked_sub(1).and_then(|i| found.choices.get(i)).cloned();
    let choice = choice.ok_or_else(|| {
        let offered = count(found.choices.len(), "choice", "choices");
        WrongUse(format!("there is no choice {number}: {offered} found"))
    })?;
    Ok((found, choice))
}

/// Puts what was typed itself before all that was found for it.
fn itself(typed: &str, mut found: Found) -> Found {
    let remark = found.remark.take().unwrap_or_else(|| "no listing was found there".to_owned());
    let Some(unread) = discover::unread(typed, &remark) else {
        return found;
    };
    let identity = unread.choices[0].address.identity();
    match found.choices.iter().position(|choice| choice.address.identity() == identity) {
        Some(place) => found.choices.swap(0, place),
        None => return unread,
    }
    found
}

/// Shows the choices, each with its newest three articles.
fn show(shop: &Shop, found: &Found) {
    for (i, choice) in found.choices.iter().enumerate() {
        if shop.global.json {
            let mut row = row(choice);
            row["choice"] = json!(i + 1);
            print(&row.to_string());
            continue;
        }
        print(&format!("{}. {}", i + 1, choice.line()));
        choice.preview.iter().for_each(|title| print(&format!("     · {title}")));
    }
}

/// Asks until one of the choices is taken, or none.
async fn ask(choices_len: usize) -> anyhow::Result<usize> {
    let question = format!("Follow which? [1-{choices_len}, Enter takes 1, n takes none] ");
    loop {
        let nobody = || WrongUse("nobody is there to choose: say `--yes` or `--choice N`".into());
        let answer = talk::ask(&question).await.ok_or_else(nobody)?;
        match answer.as_deref() {
            Some("") => return Ok(1),
            None | Some("n" | "N" | "no" | "q") => bail!("nothing was followed"),
            Some(number) => match number.parse() {
                Ok(number) if (1..=choices_len).contains(&number) => return Ok(number),
                _ => say(&format!("`{number}` is none of them")),
            },
        }
    }
}

/// Returns what a program is told of a choice.
pub fn row(choice: &Choice) -> Value {
    json!({"listing": choice.address, "title": choice.title, "form": choice.form,
           "entries": choice.entries_len, "newest": choice.newest.map(|at| at.to_string()),
           "preview": choice.preview})
}
