//! The dialogue: what a site offers is shown, and one of it is taken.

use crate::args::{AddArgs, WrongUse};
use crate::desk::count;
use crate::discover::{self, Choice, Found};
use crate::shop::Shop;
use crate::talk::{print, say};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::io::{BufRead, IsTerminal};

/// Decides what to follow: the best choice, the one that was named, or the one a person takes.
pub fn settle(
    shop: &Shop,
    typed: &str,
    found: Result<Found, String>,
    args: &AddArgs,
) -> anyhow::Result<(Found, Choice)> {
    let found = match found {
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
            ask(found.choices.len())?
        }
    };
    let choice = number.checked_sub(1).and_then(|i| found.choices.get(i)).cloned();
    let choice = choice.ok_or_else(|| {
        let offered = count(found.choices.len(), "choice", "choices");
        WrongUse(format!("there is no choice {number}: {offered} found"))
    })?;
    Ok((found, choice))
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

fn ask(choices_len: usize) -> anyhow::Result<usize> {
    if !std::io::stdin().is_terminal() {
        bail!(WrongUse("nobody is there to choose: say `--yes` or `--choice N`".into()));
    }
    eprint!("Follow which? [1-{choices_len}, Enter takes 1] ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context("read the answer")?;
    match answer.trim() {
        "" => Ok(1),
        number => {
            number.parse().map_err(|_| WrongUse(format!("`{number}` is none of them")).into())
        }
    }
}

/// Returns what a program is told of a choice.
pub fn row(choice: &Choice) -> Value {
    json!({"listing": choice.address, "title": choice.title, "form": choice.form,
           "entries": choice.entries_len, "newest": choice.newest.map(|at| at.to_string()),
           "preview": choice.preview})
}
