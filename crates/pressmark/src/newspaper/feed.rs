//! The paper's three feeds: a sound RSS, a sound Atom, and one that is broken on purpose.

use super::newsroom::{CHINESE, ENGLISH, NOTICES, Newsroom, Story};
use super::page::escape;
use jiff::{Timestamp, tz::TimeZone};

/// Writes the Chinese edition's RSS 2.0; it has summaries only, the text is on the pages.
pub fn rss(newsroom: &Newsroom) -> String {
    let items: String =
        newsroom.in_print(&CHINESE).iter().map(|story| rss_item(newsroom, story)).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>{title}</title>
<link>{origin}{front}</link>
<atom:link href="{origin}{feed}" rel="self" type="application/rss+xml"/>
<description>{motto}</description>
<language>zh-CN</language>
<lastBuildDate>{built}</lastBuildDate>
<ttl>15</ttl>
{items}</channel>
</rss>
"#,
        title = CHINESE.title,
        motto = CHINESE.motto,
        front = CHINESE.front,
        feed = CHINESE.feed,
        origin = newsroom.origin,
        built = rfc_2822(newsroom.changed(&CHINESE)),
    )
}

fn rss_item(newsroom: &Newsroom, story: &Story) -> String {
    let address = format!("{}{}", newsroom.origin, story.path);
    let picture = story.text.lead.map(|lead| {
        format!(
            "<media:content url=\"{}/pictures/{}\" medium=\"image\" width=\"1280\" height=\"853\"/>\n",
            newsroom.origin, lead.file
        )
    });
    format!(
        "<item>\n<title>{}</title>\n<link>{address}</link>\n<guid isPermaLink=\"true\">{address}</guid>\n<description><![CDATA[{}]]></description>\n<dc:creator>{}</dc:creator>\n<category>{}</category>\n<pubDate>{}</pubDate>\n{}</item>\n",
        escape(story.title()),
        story.text.deck,
        story.text.byline,
        story.text.section.1,
        rfc_2822(story.published),
        picture.unwrap_or_default()
    )
}

/// Writes the English edition's Atom (RFC 4287), with summaries.
pub fn atom(newsroom: &Newsroom) -> String {
    let entries: String =
        newsroom.in_print(&ENGLISH).iter().map(|story| atom_entry(newsroom, story)).collect();
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<title>{title}</title>
<subtitle>{motto}</subtitle>
<id>tag:lantern.saltmere.example,2019:en</id>
<link rel="self" type="application/atom+xml" href="{origin}{feed}"/>
<link rel="alternate" type="text/html" href="{origin}{front}"/>
<updated>{updated}</updated>
<rights>© The Saltmere Lantern</rights>
{entries}</feed>
"#,
        title = ENGLISH.title,
        motto = ENGLISH.motto,
        front = ENGLISH.front,
        feed = ENGLISH.feed,
        origin = newsroom.origin,
        updated = newsroom.changed(&ENGLISH),
    )
}

fn atom_entry(newsroom: &Newsroom, story: &Story) -> String {
    format!(
        "<entry>\n<title>{}</title>\n<id>tag:lantern.saltmere.example,2019:en/{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}{}\"/>\n<published>{}</published>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<category term=\"{}\" label=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
        escape(story.title()),
        story.text.slug,
        newsroom.origin,
        story.path,
        story.published,
        story.updated,
        escape(story.text.byline),
        story.text.section.0,
        story.text.section.1,
        escape(story.text.deck)
    )
}

/// Writes the notices' feed as a neglected program would.
///
/// Its ampersands are bare, each `<br>` is left open, it breaks off within its last item, and its
/// bytes are windows-1252 whatever its first line says.
pub fn notices(newsroom: &Newsroom) -> Vec<u8> {
    let items: String =
        newsroom.in_print(&NOTICES).iter().map(|story| broken_item(newsroom, story)).collect();
    let whole = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\">\n<channel>\n<title>{}</title>\n<link>{}{}</link>\n<description>Moorings & dredging, lost & found</description>\n<language>en-gb</language>\n{items}",
        NOTICES.title, newsroom.origin, NOTICES.front
    );
    windows_1252(broken_off(&whole))
}

fn broken_item(newsroom: &Newsroom, story: &Story) -> String {
    let address = format!("{}{}", newsroom.origin, story.path);
    format!(
        "<item>\n<title>{}</title>\n<link>{address}</link>\n<guid>{address}</guid>\n<pubDate>{}</pubDate>\n<description>{}<br>Harbour office & pilots</description>\n</item>\n",
        story.text.title,
        rfc_2822(story.published),
        story.text.deck
    )
}

/// Returns a feed up to a few words into its last description.
fn broken_off(feed: &str) -> &str {
    const MARK: &str = "<description>";
    let end = feed.rfind(MARK).map_or(feed.len(), |at| at + MARK.len() + 12);
    feed.get(..end).unwrap_or(feed)
}

fn windows_1252(words: &str) -> Vec<u8> {
    words.chars().map(windows_1252_byte).collect()
}

fn windows_1252_byte(char: char) -> u8 {
    match char {
        '€' => 0x80,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    }
}

fn rfc_2822(at: Timestamp) -> String {
    jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC))
        .expect("the years of this newspaper have four digits")
}
