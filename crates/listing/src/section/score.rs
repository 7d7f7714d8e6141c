//! How likely each address is an article's.
//!
//! Every address has a word of its own (`own`): the form of the address, the words of its links,
//! what stands around them. Then its kin are heard (`kin`), those whose addresses have the same
//! shape and those that stand at the same place of the same structure: a page is made by a
//! program, which makes all articles alike. Points are added, as one adds the logarithms of odds.

mod kin;
mod own;

pub use own::{heading_rank, is_headed, of_form};

use super::form::DateForm;
use super::layout::Layout;
use super::links::Target;
use std::collections::HashMap;

/// From this many points on an address may be an article's.
const ENOUGH: f32 = 1.5;

/// What an article has of the points of a middling article of its page, at least.
const ENOUGH_SHARE: f32 = 0.2;

/// From this many points on an address tells what the articles of this page have in common.
const SURE: f32 = 4.0;

/// How many sure addresses make a rule of what they have in common.
const SURE_LEN_MIN: usize = 6;

/// What an address loses that lacks what nearly all articles of the page have.
const LACK: f32 = -2.0;

/// The most that an address loses so.
const LACK_MAX: f32 = -4.0;

/// Returns the points of each address.
pub fn read(layout: &Layout, targets: &[Target]) -> Vec<f32> {
    let own = own::read(layout, targets);
    let first = sum(&own, &kin::read(layout, targets, &own));
    let own = sum(&own, &lacks(targets, &first));
    // Once more, with what the kin have heard from theirs.
    let heard: Vec<f32> = sum(&own, &first).iter().map(|sum| sum / 2.0).collect();
    sum(&own, &kin::read(layout, targets, &heard))
}

fn sum(one: &[f32], other: &[f32]) -> Vec<f32> {
    one.iter().zip(other).map(|(one, other)| one + other).collect()
}

/// Returns the points from which on an address of this page is taken for an article's.
pub fn enough(points: &[f32]) -> f32 {
    ENOUGH.max(median_of_likely(points) * ENOUGH_SHARE)
}

/// Takes points from addresses that lack what the sure articles of the page have in common.
fn lacks(targets: &[Target], points: &[f32]) -> Vec<f32> {
    let least = SURE.max(median_of_likely(points));
    let sure = targets.iter().zip(points).filter(|(_, points)| **points >= least);
    let sure: Vec<&Target> = sure.map(|(target, _)| target).collect();
    let is_rule = |count: usize| sure.len() >= SURE_LEN_MIN && count * 10 >= sure.len() * 9;
    let dated = |target: &Target| target.form.date >= DateForm::Month;
    let numbered = |target: &Target| target.form.digits_len >= 4 || target.form.is_code;
    let folder = commonest(sure.iter().map(|sure| sure.form.folder_shape()));
    let filed = |target: &Target| folder == Some(target.form.folder_shape());
    let host = commonest(sure.iter().map(|sure| sure.address.host()));
    let hosted = |target: &Target| host == Some(target.address.host());
    let traits: [&dyn Fn(&Target) -> bool; 4] = [&dated, &numbered, &filed, &hosted];
    let has_rule =
        |has: &&&dyn Fn(&Target) -> bool| is_rule(sure.iter().filter(|t| has(t)).count());
    let rules: Vec<_> = traits.iter().filter(has_rule).collect();
    let lack = |target: &Target| {
        let lacking = rules.iter().filter(|has| !has(target)).count();
        (LACK * lacking as f32).max(LACK_MAX)
    };
    targets.iter().map(lack).collect()
}

/// Returns the points of the middling one among those that are likely.
fn median_of_likely(points: &[f32]) -> f32 {
    let mut likely: Vec<f32> = points.iter().copied().filter(|points| *points >= ENOUGH).collect();
    likely.sort_by(f32::total_cmp);
    likely.get(likely.len() / 2).copied().unwrap_or(0.0)
}

fn commonest<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.into_iter().max_by_key(|(word, count)| (*count, *word)).map(|(word, _)| word)
}
