//! What a reader should be told of an article beside its text: that it is a live blog, a gallery, a
//! video; that it goes on; that it isn't in the language the page declares.

use news::{Address, Article, Body, Note};

/// A page of a video with a text lighter than this holds the video alone, in characters.
const VIDEO_TEXT_MAX: usize = 400;
/// From so many pictures on, more of them than paragraphs, an article is a gallery.
const GALLERY_PICTURES_MIN: usize = 6;

/// What the page says about itself.
pub struct Said {
    /// The types that its JSON-LD and its `og:type` give.
    pub kinds: Vec<String>,
    /// Where it goes on.
    pub next: Option<String>,
    /// Its language as declared.
    pub language: Option<String>,
}

pub fn notes(said: &Said, address: &Address, article: &Article) -> Vec<Note> {
    let is_a = |kind: &str| said.kinds.iter().any(|own| own == kind);
    let mut notes = Vec::new();
    if is_a("LiveBlogPosting") {
        notes.push(Note::new("live-blog", "", "the page is written on while something happens"));
    }
    let pictures = article.pictures().len();
    let is_told = is_a("ImageGallery") || is_a("MediaGallery");
    if is_told || (pictures >= GALLERY_PICTURES_MIN && pictures > paragraphs(&article.body)) {
        notes.push(Note::new("gallery", "", format!("the article is {pictures} pictures")));
    }
    let is_video = is_a("VideoObject") || said.kinds.iter().any(|kind| kind.starts_with("video"));
    let is_short = article.body.text().chars().count() < VIDEO_TEXT_MAX;
    if is_video && is_short && !is_a("NewsArticle") && !is_a("Article") {
        notes.push(Note::new("video-only", "", "the page holds a video and hardly a text"));
    }
    if let (Some(declared), Some(found)) = (&said.language, &article.language)
        && base(declared) != base(found)
    {
        let text = format!("the page says {declared}, its text is {found}");
        notes.push(Note::new("language-differs", "", text));
    }
    let next = said.next.as_deref().and_then(|next| address.join(next));
    if let Some(next) = next.filter(|next| goes_on(address, next)) {
        notes.push(Note::new("goes-on", next.as_str(), "the article goes on on another page"));
    }
    notes
}

fn paragraphs(body: &Body) -> usize {
    body.blocks.iter().filter(|block| matches!(block, news::Block::Paragraph(_))).count()
}

fn base(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Tells whether an address is a further page of the same article and not the next article: beside
/// the number of the page they are the same.
fn goes_on(address: &Address, next: &Address) -> bool {
    if address.host() != next.host() || address == next {
        return false;
    }
    let words = |address: &Address| -> Vec<String> {
        let url = address.as_url();
        let text = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (own, next) = (words(address), words(next));
    let is_page = |word: &String| {
        matches!(word.as_str(), "page" | "p" | "seite" | "pagina" | "paged" | "all")
            || (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
    };
    let plain = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| !is_page(word)).cloned().collect()
    };
    next.iter().any(is_page) && plain(&own) == plain(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, next: &str) -> bool {
        let read = |text: &str| Address::read(text).expect("an address");
        goes_on(&read(own), &read(next))
    }

    #[test]
    fn a_further_page_has_the_same_address_but_for_its_number() {
        assert!(check("https://tide.example/frost", "https://tide.example/frost?page=2"));
        assert!(check("https://tide.example/frost/", "https://tide.example/frost/2/"));
        assert!(check("https://tide.example/c/1234.html", "https://tide.example/c/1234_2.html"));
        assert!(!check("https://tide.example/frost", "https://tide.example/thaw"));
        assert!(!check("https://tide.example/a/1234.html", "https://tide.example/a/1235.html"));
        assert!(!check("https://tide.example/frost", "https://other.example/frost?page=2"));
    }
}
