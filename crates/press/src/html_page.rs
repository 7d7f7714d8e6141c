//! An article as one small HTML document that asks for nothing.

use crate::{Facts, facts};
use html::escape;
use news::{Article, PictureUse, Span};

/// Forbids what isn't in the document anyway, should a reader's own tool put something in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "body{max-width:40em;margin:2em auto;padding:0 1em;\
    font:1.1em/1.6 Georgia,\"Songti SC\",\"Noto Serif CJK SC\",serif}\
    dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;font-size:.8em;color:#555}\
    dd{margin:0;overflow-wrap:anywhere}small,figcaption{color:#555}\
    pre,table{overflow-x:auto;display:block}";

/// Returns a whole document: no script, no request to anywhere, pictures as links.
pub fn article(a: &Article, facts: &Facts) -> String {
    let language = a.language.as_deref().unwrap_or("");
    let title = escape(&a.headline);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"auto\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<article>\n<h1>{title}</h1>\n",
        escape(language)
    );
    let line = |text: &str| format!("<p>{}</p>\n", escape(text));
    out.extend(a.deck.as_deref().map(line));
    out.extend(facts::byline(a).as_deref().map(line));
    out.push_str(&definitions(a, facts));
    out.extend(a.lead.as_ref().map(lead));
    out.extend(a.dateline.as_deref().map(line));
    out.push_str(&html::write(&a.body, &|_| None));
    out.push_str("\n</article>\n</body>\n</html>\n");
    out
}

fn definitions(a: &Article, facts: &Facts) -> String {
    let value = |name: &str, value: &str| match name {
        "Address" => link(value, value),
        _ => escape(value),
    };
    let lines: String = facts::lines(a, facts)
        .iter()
        .map(|(name, text)| format!("<dt>{name}</dt><dd>{}</dd>\n", value(name, text)))
        .collect();
    format!("<dl>\n{lines}</dl>\n")
}

/// Returns the picture above the text as a link, with its caption below.
fn lead(lead: &PictureUse) -> String {
    let address = lead.address.as_str();
    let words = if lead.alt.is_empty() { address } else { &lead.alt };
    let caption = html::write_spans(&lead.caption, &|_| None);
    let text = Span::text_of(&lead.caption);
    let credit = lead.credit.as_deref().filter(|credit| !text.contains(credit));
    let credit = credit.map(|credit| format!(" <small>{}</small>", escape(credit)));
    format!(
        "<figure>{}<figcaption>{caption}{}</figcaption></figure>\n",
        link(address, words),
        credit.unwrap_or_default()
    )
}

fn link(to: &str, words: &str) -> String {
    format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", escape(to), escape(words))
}

#[cfg(test)]
mod tests;
