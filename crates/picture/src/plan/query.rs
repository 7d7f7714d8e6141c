//! The words of a query, before they mean anything.

use std::borrow::Cow;

/// A query's options: the first of each name counts.
pub(super) struct Query<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Query<'a> {
    pub fn read(query: &'a str) -> Query<'a> {
        let mut options: Vec<(&str, Cow<str>)> = Vec::new();
        for option in query.split('&') {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let name = synonym(name);
            if !options.iter().any(|(known, _)| *known == name) {
                options.push((name, decoded(value)));
            }
        }
        let mut query = Query(options);
        query.spread_old_crop();
        query
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }

    /// Anything but `false` and `0` says yes, and so does nothing at all after the name.
    pub fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| !matches!(value, "false" | "0"))
    }

    /// Returns a whole number that lies in the range.
    pub fn whole(&self, name: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        self.text(name)?.parse().ok().filter(|value| range.contains(value))
    }

    /// Returns a number that lies in the range.
    pub fn number(&self, name: &str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        self.text(name)?.parse().ok().filter(|value| range.contains(value))
    }

    /// The old `crop=w,h,x,y` is four options in one.
    fn spread_old_crop(&mut self) {
        let Some(crop) = self.text("crop").map(str::to_owned) else {
            return;
        };
        for (name, value) in ["cw", "ch", "cx", "cy"].into_iter().zip(crop.split(',')) {
            if self.text(name).is_none() {
                self.0.push((name, Cow::Owned(value.to_owned())));
            }
        }
    }
}

fn synonym(name: &str) -> &str {
    match name {
        "width" => "w",
        "height" => "h",
        "align" => "a",
        "level" => "l",
        "quality" => "q",
        "pages" => "n",
        "lossless" => "ll",
        "t" => "fit",
        "or" => "ro",
        "shape" => "mask",
        "strim" => "mtrim",
        "errorredirect" => "default",
        other => other,
    }
}

/// Decodes what is written as `%` and two digits; a `%` without them stays, as in `w=50%`.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('%') {
        return Cow::Borrowed(value);
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
