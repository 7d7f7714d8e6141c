//! The text of a file → rules: a directive a line.

use super::{
    Directive, Expression, FILE_BYTES_MAX, REPLACEMENTS_MAX, RULES_MAX, Rule, Rules, Test,
};
use news::{Note, Reading};

const DIRECTIVES: [(&str, Directive); 7] = [
    ("title", Directive::Title),
    ("body", Directive::Body),
    ("date", Directive::Date),
    ("author", Directive::Author),
    ("strip", Directive::Strip),
    ("single_page_link", Directive::SinglePage),
    ("next_page_link", Directive::NextPage),
];

/// What others understand and has no effect here.
const UNUSED: [(&str, &str); 26] = [
    ("http_header", OWN_HEADERS),
    ("tidy", ONE_PARSER),
    ("parser", ONE_PARSER),
    ("prune", ALL_OF_BODY),
    ("autodetect_on_failure", ALWAYS_DETECTED),
    ("strip_attr", ELEMENTS_ALONE),
    ("post_strip_attr", ELEMENTS_ALONE),
    ("requires_login", NO_LOGIN),
    ("not_logged_in_xpath", NO_LOGIN),
    ("login_uri", NO_LOGIN),
    ("login_username_field", NO_LOGIN),
    ("login_password_field", NO_LOGIN),
    ("login_extra_fields", NO_LOGIN),
    ("single_page_link_in_feed", NOT_HERE),
    ("autodetect_next_page", NOT_HERE),
    ("strip_comments", NOT_HERE),
    ("skip_json_ld", NOT_HERE),
    ("skip_id_or_class", NOT_HERE),
    ("native_ad_clue", NOT_HERE),
    ("src_lazy_load_attr", NOT_HERE),
    ("insert_detected_image", NOT_HERE),
    ("convert_double_br_tags", NOT_HERE),
    ("footnotes", NOT_HERE),
    ("dissolve", NOT_HERE),
    ("wrap_in", NOT_HERE),
    ("move_into", NOT_HERE),
];

const OWN_HEADERS: &str = "pages are asked for under our own name, with our own headers";
const ONE_PARSER: &str = "there is one parser, that of the HTML standard";
const ALL_OF_BODY: &str = "all of what `body` finds is the text, but for what is stripped";
const ALWAYS_DETECTED: &str = "what no rule finds is always looked for in the usual way";
const ELEMENTS_ALONE: &str = "only whole elements are stripped";
const NO_LOGIN: &str = "nobody logs in";
const NOT_HERE: &str = "it has no effect here";

pub fn read(text: &str) -> Reading<Rules> {
    let mut reader = Reader::default();
    let text = text.trim_start_matches('\u{feff}');
    let end = text.floor_char_boundary(FILE_BYTES_MAX);
    if end < text.len() {
        let words = format!("only the first {FILE_BYTES_MAX} bytes were read");
        reader.notes.push(Note::new("rules-cut", "", words));
    }
    for (at, line) in text[..end].lines().enumerate() {
        reader.line = at + 1;
        reader.read(line.trim());
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    rules: Rules,
    notes: Vec<Note>,
    line: usize,
    /// Whether the directive before this one was a rule that `if_page_contains` may belong to.
    follows_rule: bool,
    /// The texts to find and those to put for them that stand alone, with their lines.
    finds: Vec<(usize, String)>,
    puts: Vec<(usize, String)>,
}

impl Reader {
    fn read(&mut self, line: &str) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let Some((name, argument, value)) = parts(line) else {
            return self.note("rules-unreadable", "it is no `directive: value`");
        };
        let name = name.to_ascii_lowercase();
        if self.rules_len() >= RULES_MAX {
            return self.note("rules-cut", &format!("it is beyond the first {RULES_MAX} rules"));
        }
        let follows_rule = std::mem::take(&mut self.follows_rule);
        if let Some((_, of)) = DIRECTIVES.iter().find(|(known, _)| *known == name) {
            return self.rule(*of, value);
        }
        match (name.as_str(), argument) {
            ("if_page_contains", _) => self.only_if(value, follows_rule),
            ("strip_id_or_class", _) => self.strip(value, |rules| &mut rules.strip_names),
            ("strip_image_src", _) => self.strip(value, |rules| &mut rules.strip_pictures),
            ("replace_string", Some(find)) => self.replace(find, value),
            ("find_string", _) => self.finds.push((self.line, value.to_owned())),
            ("replace_string", None) => self.puts.push((self.line, value.to_owned())),
            ("test_url", _) => self.test(value),
            ("test_contains", _) => self.test_contains(value),
            _ => self.other(&name),
        }
    }

    fn rule(&mut self, of: Directive, value: &str) {
        let Some(find) = self.expression(value) else { return };
        if of == Directive::Strip && find.finds_attributes() {
            return self.note("rules-unused", ELEMENTS_ALONE);
        }
        self.rules.rules.push(Rule { of, line: self.line, find, only_if: None });
        self.follows_rule = true;
    }

    /// Reads the condition of the rule on the line before.
    fn only_if(&mut self, value: &str, follows_rule: bool) {
        if !follows_rule {
            return self.note("rules-unreadable", "it follows no rule that it could belong to");
        }
        let Some(condition) = self.expression(value) else {
            // A rule whose condition isn't understood would count where it should not.
            self.rules.rules.pop();
            return;
        };
        if let Some(rule) = self.rules.rules.last_mut() {
            rule.only_if = Some(condition);
        }
    }

    fn expression(&mut self, value: &str) -> Option<Expression> {
        let read = Expression::read(value);
        if let Err(wrong) = &read {
            self.note("rules-unreadable", &format!("`{}`: {wrong}", short(value)));
        }
        read.ok()
    }

    fn strip(&mut self, value: &str, list: fn(&mut Rules) -> &mut Vec<String>) {
        // Many are written as if they were texts of an XPath.
        let value = value.trim_matches(['"', '\'']).trim();
        match value.is_empty() {
            true => self.note("rules-unreadable", "nothing stands behind it"),
            false => list(&mut self.rules).push(value.to_owned()),
        }
    }

    fn replace(&mut self, find: &str, put: &str) {
        if find.is_empty() {
            return self.note("rules-unreadable", "there is nothing to find");
        }
        if self.rules.replacements.len() >= REPLACEMENTS_MAX {
            let words = format!("it is beyond the first {REPLACEMENTS_MAX} replacements");
            return self.note("rules-cut", &words);
        }
        self.rules.replacements.push((find.to_owned(), put.to_owned()));
    }

    fn test(&mut self, value: &str) {
        self.rules.tests.push(Test { address: value.to_owned(), contains: Vec::new() });
    }

    fn test_contains(&mut self, value: &str) {
        match self.rules.tests.last_mut() {
            Some(test) => test.contains.push(value.to_owned()),
            None => self.note("rules-unreadable", "it follows no `test_url`"),
        }
    }

    fn other(&mut self, name: &str) {
        match UNUSED.iter().find(|(known, _)| *known == name) {
            Some((_, why)) => self.note("rules-unused", &format!("`{name}`: {why}")),
            None => self.note("rules-unknown", &format!("`{}` is no directive", short(name))),
        }
    }

    fn rules_len(&self) -> usize {
        let rules = &self.rules;
        rules.rules.len()
            + rules.strip_names.len()
            + rules.strip_pictures.len()
            + rules.replacements.len()
            + rules.tests.len()
            + self.finds.len()
            + self.puts.len()
    }

    fn note(&mut self, kind: &'static str, words: &str) {
        if self.notes.len() < RULES_MAX {
            self.notes.push(Note::new(kind, format!("line {}", self.line), words));
        }
    }

    /// Joins the texts to find with those to put for them, which stand in the same order.
    fn finish(mut self) -> Reading<Rules> {
        let (finds, puts) = (std::mem::take(&mut self.finds), std::mem::take(&mut self.puts));
        if finds.len() != puts.len() {
            for (line, _) in finds.iter().chain(&puts) {
                self.line = *line;
                self.note("rules-unreadable", "`find_string` and `replace_string` aren't as many");
            }
        } else {
            for ((line, find), (_, put)) in finds.iter().zip(&puts) {
                self.line = *line;
                self.replace(find, put);
            }
        }
        if self.rules.is_empty() {
            self.notes.push(Note::new("rules-empty", "", "no line of it is a rule"));
            return Reading::new(None, self.notes);
        }
        Reading::new(Some(self.rules), self.notes)
    }
}

/// Cuts `name(argument): value`; an argument may have colons and brackets in it.
fn parts(line: &str) -> Option<(&str, Option<&str>, &str)> {
    let name_len = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let (name, rest) = (&line[..name_len], line[name_len..].trim_start());
    if let Some(rest) = rest.strip_prefix('(') {
        let (argument, value) = rest.split_once("):")?;
        return Some((name, Some(argument), value.trim()));
    }
    Some((name, None, rest.strip_prefix(':')?.trim()))
}

/// How much of a line is repeated in a note, in bytes.
const SHOWN_BYTES_MAX: usize = 200;

fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(SHOWN_BYTES_MAX)]
}
