//! The words of all the formats in one table: what an element means, wherever it stands.

use memchr::memmem;

/// Where a word comes from, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// RSS of every version, Atom, CDF, sitemaps: their words don't contradict each other.
    Feed,
    Dc,
    DcTerms,
    Content,
    Media,
    /// Apple's words for podcasts, and Google's, which are the same.
    Itunes,
    Rdf,
    Admin,
    FeedBurner,
    News,
    SitemapImage,
    /// RSS 1.0's module that says how often a feed changes.
    Syndication,
    /// RFC 5005's words for feeds of several documents.
    History,
    Xhtml,
    Other,
}

/// Returns the family of a namespace.
pub fn family(uri: &str) -> Family {
    // As nearly every feed writes them.
    match uri {
        "http://www.w3.org/2005/Atom" => Family::Feed,
        "http://purl.org/dc/elements/1.1/" => Family::Dc,
        "http://purl.org/rss/1.0/modules/content/" => Family::Content,
        "http://purl.org/rss/1.0/modules/syndication/" => Family::Syndication,
        "http://search.yahoo.com/mrss/" => Family::Media,
        "http://www.itunes.com/dtds/podcast-1.0.dtd" => Family::Itunes,
        "http://www.w3.org/1999/xhtml" => Family::Xhtml,
        "http://www.sitemaps.org/schemas/sitemap/0.9" => Family::Feed,
        "http://wellformedweb.org/CommentAPI/" | "http://purl.org/rss/1.0/modules/slash/" => {
            Family::Other
        }
        other => family_by_parts(other),
    }
}

/// Knows a namespace by parts of it: spelling, capitals and versions vary in the wild.
fn family_by_parts(uri: &str) -> Family {
    let uri = uri.trim().to_ascii_lowercase();
    let is = |part: &str| memmem::find(uri.as_bytes(), part.as_bytes()).is_some();
    if uri.is_empty()
        || is("w3.org/2005/atom")
        || is("purl.org/atom/ns")
        || is("my.netscape.com")
        || is("backend.userland.com/rss")
        || is("blogs.law.harvard.edu/tech/rss")
        || is("purl.org/net/rss")
        || is("channel.netscape.com")
        || matches!(
            uri.trim_end_matches('/'),
            "http://purl.org/rss/1.0" | "https://purl.org/rss/1.0"
        )
    {
        return Family::Feed;
    }
    let known = [
        ("purl.org/dc/elements", Family::Dc),
        ("purl.org/dc/terms", Family::DcTerms),
        ("purl.org/rss/1.0/modules/dcterms", Family::DcTerms),
        ("purl.org/rss/1.0/modules/content", Family::Content),
        ("purl.org/rss/1.0/modules/syndication", Family::Syndication),
        ("purl.org/syndication/history", Family::History),
        ("search.yahoo.com/mrss", Family::Media),
        ("itunes.com/dtds", Family::Itunes),
        ("google.com/schemas/play-podcasts", Family::Itunes),
        ("w3.org/1999/xhtml", Family::Xhtml),
        ("22-rdf-syntax-ns", Family::Rdf),
        ("webns.net/mvcb", Family::Admin),
        ("feedburner", Family::FeedBurner),
        ("sitemap-news", Family::News),
        ("sitemap-image", Family::SitemapImage),
        ("sitemap-video", Family::Other),
        ("/schemas/sitemap", Family::Feed),
    ];
    let found = known.iter().find(|(part, _)| is(part));
    found.map_or(Family::Other, |(_, family)| *family)
}

/// Returns the family that a prefix stands for where nobody declared it.
pub fn usual_family(prefix: &str) -> Family {
    match prefix.to_ascii_lowercase().as_str() {
        "" | "atom" | "atom10" | "a10" | "atom03" | "rss" => Family::Feed,
        "dc" => Family::Dc,
        "dcterms" | "dct" => Family::DcTerms,
        "content" => Family::Content,
        "media" => Family::Media,
        "itunes" | "googleplay" => Family::Itunes,
        "rdf" => Family::Rdf,
        "admin" => Family::Admin,
        "feedburner" => Family::FeedBurner,
        "news" => Family::News,
        "image" => Family::SitemapImage,
        "sy" => Family::Syndication,
        "fh" => Family::History,
        "xhtml" | "html" => Family::Xhtml,
        _ => Family::Other,
    }
}

/// What an element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `channel`, `feed`.
    Feed,
    /// `item`, `entry`, a sitemap's `url`.
    Entry,
    /// A sitemap that an index names.
    Part,
    Image,
    /// Something with titles and links of its own that are not the feed's.
    Aside,
    Source,
    Author,
    Contributor,

    /// The number ranks words for the same thing: the higher wins.
    Title(u8),
    Summary(u8),
    Content,
    Rights,

    Link,
    /// The address that a feed's host had replaced by its own.
    OriginalLink,
    OriginalEnclosure,
    Guid,
    Id,
    Published(u8),
    Updated(u8),
    AuthorText,
    AuthorFallback,
    WebMaster,
    ContributorText,
    Category,
    /// Words with commas between.
    Keywords,
    Comments,
    Language,
    Ttl,
    Period,
    Frequency,
    Complete,
    Archive,
    Generator,
    Icon,
    Logo,
    ImageHref,

    Name,
    Email,
    Uri,
    /// `url`: of an image, of a person.
    Url,
    Loc,
    ImageLoc,

    Enclosure,
    Media,
    Player,
    Thumbnail,
    Credit,
}

/// Returns what an element of this family and name says; the name is in lower case.
pub fn field(family: Family, name: &str) -> Option<Field> {
    use Field::*;
    let field = match (family, name) {
        (Family::Feed, "channel" | "feed" | "urlset" | "sitemapindex") => Feed,
        (Family::Feed, "item" | "entry") => Entry,
        (Family::Feed, "sitemap") => Part,
        (Family::Feed, "image") => Image,
        (Family::Feed, "textinput" | "cloud" | "items" | "skiphours" | "skipdays") => Aside,
        (Family::Feed, "source") => Source,
        (Family::Feed, "author" | "managingeditor") => Author,
        (Family::Feed, "contributor") => Contributor,

        (Family::Feed, "title") => Title(9),
        (Family::Dc, "title") => Title(6),
        (Family::News, "title") => Title(5),
        (Family::Itunes, "title") => Title(2),
        (Family::Media, "title") => Title(1),
        (Family::Feed, "description" | "subtitle" | "tagline" | "abstract" | "summary") => {
            Summary(9)
        }
        (Family::Dc, "description") => Summary(6),
        (Family::DcTerms, "abstract") => Summary(5),
        (Family::Itunes, "summary") => Summary(4),
        (Family::Itunes, "subtitle" | "description") => Summary(3),
        (Family::Media, "description") => Summary(1),
        (Family::Content, "encoded") | (Family::Feed, "content" | "fullitem" | "body") => Content,
        (Family::Xhtml, "body" | "div") => Content,
        (Family::Feed, "rights" | "copyright") | (Family::Dc | Family::DcTerms, "rights") => Rights,

        (Family::Feed, "link") => Link,
        (Family::FeedBurner, "origlink") => OriginalLink,
        (Family::FeedBurner, "origenclosurelink") => OriginalEnclosure,
        (Family::Feed, "guid") => Guid,
        (Family::Feed, "id") => Id,
        (Family::Feed, "pubdate" | "published" | "issued") => Published(9),
        (Family::DcTerms, "issued" | "date" | "available") => Published(6),
        (Family::Dc, "date") => Published(5),
        (Family::News, "publication_date") => Published(4),
        (Family::Feed, "created") | (Family::DcTerms, "created") => Published(3),
        (Family::Feed, "updated" | "modified") => Updated(9),
        (Family::Feed, "lastbuilddate") => Updated(8),
        (Family::DcTerms, "modified") => Updated(7),
        (Family::Feed, "lastmod") => Updated(6),
        (Family::Dc, "creator" | "author") => AuthorText,
        (Family::Itunes, "author") => AuthorFallback,
        (Family::Feed, "webmaster") => WebMaster,
        (Family::Dc, "contributor") => ContributorText,
        (Family::Feed, "category") | (Family::Dc, "subject") => Category,
        (Family::Itunes | Family::Media, "category") => Category,
        (Family::Itunes, "keywords") | (Family::Feed, "tags") | (Family::News, "keywords") => {
            Keywords
        }
        (Family::Feed, "comments") => Comments,
        (Family::Feed | Family::Dc | Family::News, "language") => Language,
        (Family::Feed, "ttl") => Ttl,
        (Family::Syndication, "updateperiod") => Period,
        (Family::Syndication, "updatefrequency") => Frequency,
        (Family::History, "complete") => Complete,
        (Family::History, "archive") => Archive,
        (Family::Feed, "generator") | (Family::Admin, "generatoragent") => Generator,
        (Family::Feed, "icon") => Icon,
        (Family::Feed, "logo") => Logo,
        (Family::Itunes, "image") => ImageHref,
        (Family::Itunes, "owner") | (Family::News, "publication") => Aside,

        (Family::Feed, "name") => Name,
        (Family::Feed, "email") => Email,
        (Family::Feed, "uri" | "homepage") => Uri,
        (Family::Feed, "url") => Url,
        (Family::Feed, "loc") => Loc,
        (Family::SitemapImage, "loc") => ImageLoc,

        (Family::Feed, "enclosure") => Enclosure,
        (Family::Media, "content") => Media,
        (Family::Media, "player") => Player,
        (Family::Media, "thumbnail") => Thumbnail,
        (Family::Media, "credit") => Credit,
        _ => return None,
    };
    Some(field)
}

/// Tells whether the word is an element of HTML as well, and so may stand in naked markup.
pub fn is_html_too(name: &str) -> bool {
    matches!(name, "title" | "link" | "source" | "image" | "summary" | "content" | "body" | "div")
}

/// Tells whether an element of HTML never has an end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Returns the words in lower case with single blanks between them.
pub fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
