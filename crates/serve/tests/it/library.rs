//! A small library of our own invention, kept through the archive as the desk keeps it.

use archive::{
    Archive, ArticleVisit, Errand, Import, ListingVisit, NewEntry, NewListing, NewSource, Pace,
    PictureVisit, Source, Task, Validators,
};
use news::{
    Address, Article, Block, Body, Capture, Figure, PictureUse, Pressmark, Span, Stamp, Timestamp,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The time by which every test is told the time.
pub const NOW: &str = "2031-03-05T12:00:00Z";

pub const HOSTILE: &str = "\"><script>alert(1)</script>";

pub fn now() -> Timestamp {
    at(NOW)
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

/// A folder that goes when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("pressmark-serve-{}-{number}", std::process::id());
        Folder(std::env::temp_dir().join(name))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Returns a picture file of one pixel.
pub fn pixel() -> Vec<u8> {
    let hex = "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de\
        0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082";
    (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// The marks of what [`fill`] keeps.
pub struct Marks {
    /// English, edited once, with a picture.
    pub ferry: Pressmark,
    pub chinese: Pressmark,
    pub arabic: Pressmark,
    pub hostile: Pressmark,
}

/// Keeps two sources and four articles, one of them edited, one picture, one entry that failed.
pub async fn fill(archive: &Archive, picture: Vec<u8>, size: (u32, u32)) -> Marks {
    let tide = add(archive, "tide-post", "The Tide Post", "en").await;
    let lamp = add(archive, "dengta", "灯塔周报", "zh-Hans").await;
    let ferry = follow_ferry(archive, &tide, picture, size).await;
    let chinese = import(archive, &lamp, chinese()).await;
    let arabic = import(archive, &lamp, arabic()).await;
    let mut article = article("https://tide.example/hostile", HOSTILE, "2031-03-05T07:00:00Z");
    article.authors = vec!["<b>Mallory</b>".to_owned()];
    article.tags = vec!["<img src=x onerror=alert(2)>".to_owned()];
    article.language = Some("en\" onclick=\"alert(3)".to_owned());
    article.body = paragraphs(&["</div><script>alert(4)</script> & so on"]);
    let hostile = import(archive, &tide, article).await;
    Marks { ferry, chinese, arabic, hostile }
}

pub async fn add(archive: &Archive, name: &str, title: &str, language: &str) -> Source {
    let new = NewSource {
        name: name.to_owned(),
        title: title.to_owned(),
        site: address(&format!("https://{name}.example/")),
        language: Some(language.to_owned()),
        listings: vec![NewListing::main(address(&format!("https://{name}.example/feed")), None)],
    };
    archive.add_source(&new, at("2031-03-01T00:00:00Z")).await.unwrap()
}

pub async fn import(archive: &Archive, source: &Source, article: Article) -> Pressmark {
    let first_seen = article.published.as_ref().map_or(now(), |stamp| stamp.at);
    let import = Import {
        origin: "old/mirror.md".to_owned(),
        document: article.body.text().into_bytes(),
        as_of: None,
        article,
        first_seen,
        notes: Vec::new(),
    };
    archive.keep_import(import, source.id).await.unwrap().pressmark
}

pub fn article(at: &str, headline: &str, published: &str) -> Article {
    Article {
        evidence: Vec::new(),
        address: address(at),
        headline: headline.to_owned(),
        deck: None,
        authors: Vec::new(),
        dateline: None,
        published: Some(Stamp::utc(published.parse().unwrap())),
        updated: None,
        language: None,
        site: None,
        section: None,
        tags: Vec::new(),
        lead: None,
        body: Body::default(),
    }
}

pub fn paragraphs(texts: &[&str]) -> Body {
    let paragraph = |text: &&str| Block::Paragraph(vec![Span::text(*text)]);
    Body { blocks: texts.iter().map(paragraph).collect() }
}

fn chinese() -> Article {
    let headline = "港口的灯塔重新点亮，守灯人说“雾天也看得见”";
    let mut article = article("https://dengta.example/a/1", headline, "2031-03-05T09:40:00Z");
    article.language = Some("zh-Hans".to_owned());
    article.authors = vec!["林岸".to_owned()];
    article.dateline = Some("北岸".to_owned());
    article.body = paragraphs(&[
        "停用十二年之后，北岸的灯塔在星期三傍晚重新点亮。守灯人何帆说，新的透镜比旧的轻一半，雾天也能在二十公里（12 miles）外看见。",
        "修复工程用了三年，花费由港务局和四百多名居民分担。居民把名字刻在楼梯的铜牌上，“一级台阶一个名字”。",
        "旧灯没有丢。它会在图书馆里展出到六月，之后送回塔底的小屋。",
    ]);
    article
}

fn arabic() -> Article {
    let headline = "ميناء المدينة القديمة يفتح رصيفًا للمشاة";
    let mut article = article("https://dengta.example/a/2", headline, "2031-03-05T08:15:00Z");
    article.language = Some("ar".to_owned());
    article.body = paragraphs(&[
        "فتح ميناء المدينة القديمة يوم الأربعاء رصيفًا جديدًا للمشاة بعد سنتين من العمل.",
        "قال مدير الميناء إن الرصيف يمتد 640 مترًا وإن الإضاءة تعمل بطاقة المد والجزر.",
    ]);
    article
}

fn ferry(seats: &str) -> Article {
    let headline = "The night ferry is back, and its first crossing was full";
    let mut article = article("https://tide-post.example/ferry", headline, "2031-03-05T10:20:00Z");
    article.language = Some("en".to_owned());
    article.deck = Some("Some came only to stand on deck in the dark.".to_owned());
    article.authors = vec!["Ida Mole".to_owned(), "Jon Ash".to_owned()];
    article.lead = Some(PictureUse {
        alt: "A lit boat on dark water".to_owned(),
        caption: vec![Span::text("The 9.15 leaves the old pier.")],
        credit: Some("Tide Post/I. Mole".to_owned()),
        ..PictureUse::new(address("https://tide-post.example/boat.png"))
    });
    article.body = paragraphs(&[
        "The 9.15 left on time, which the crew called the first surprise. The second was that it was full.",
        &format!(
            "Nobody had sold so many tickets in a day: {seats} seats, and not one of them empty."
        ),
    ]);
    let more = [
        Block::Heading { level: 2, spans: vec![Span::text("A timetable made of tides")] },
        Block::Paragraph(vec![
            Span::text("The boats cannot keep to the clock, "),
            Span::Link {
                to: address("https://tide-post.example/tables"),
                spans: vec![Span::text("as the tables show")],
            },
            Span::text("; at low water the pier loses a metre and a half."),
        ]),
        Block::Quote(vec![Block::Paragraph(vec![Span::text("“The moon keeps our books.”")])]),
        Block::Figure(Figure {
            pictures: vec![PictureUse::new(address("https://tide-post.example/lost.png"))],
            caption: vec![Span::text("A picture that was never kept")],
        }),
        Block::Paragraph(vec![Span::text("Fares stay as they are for three months.")]),
    ];
    article.body.blocks.extend(more);
    article
}

/// Follows the feed of a source: listing, page, picture, and the page again after an edit.
async fn follow_ferry(
    archive: &Archive,
    source: &Source,
    picture: Vec<u8>,
    (width, height): (u32, u32),
) -> Pressmark {
    let errand = due(archive, source, |task| matches!(task, Task::Listing { .. })).await;
    let first = at("2031-03-05T10:25:00Z");
    let entry = |guid: &str, path: &str, title: &str| NewEntry {
        guid: guid.to_owned(),
        address: Some(address(&format!("https://tide-post.example/{path}"))),
        title: title.to_owned(),
        published: None,
        updated: None,
        article: None,
    };
    let visit = ListingVisit {
        capture: capture(&errand.address, first, b"<rss/>".to_vec()),
        errand,
        also: Vec::new(),
        missing: None,
        form: news::Form::Rss,
        pace: Pace::default(),
        title: None,
        language: None,
        entries: vec![entry("1", "ferry", "The night ferry"), entry("2", "lost", "A lost <page>")],
        validators: Validators::default(),
        notes: Vec::new(),
        next_visit: at("2031-03-06T00:00:00Z"),
    };
    archive.keep_listing(visit).await.unwrap();
    let mark = visit_ferry(archive, source, "nine hundred and ten", first).await;
    let errand = due(archive, source, |task| matches!(task, Task::Picture { .. })).await;
    let visit = PictureVisit {
        capture: capture(&errand.address, first, picture),
        errand,
        media_type: "image/png".to_owned(),
        width,
        height,
    };
    archive.keep_picture(visit).await.unwrap();
    visit_ferry(archive, source, "nine hundred and twelve", at("2031-03-05T11:30:00Z")).await;
    mark
}

async fn visit_ferry(
    archive: &Archive,
    source: &Source,
    seats: &str,
    when: Timestamp,
) -> Pressmark {
    let is_ferry = |errand: &Errand| errand.address.as_str().ends_with("/ferry");
    let errands = archive.errands_due(&host(source), None, now(), 50).await.unwrap();
    let errand = errands.into_iter().find(is_ferry).expect("the page is due");
    let visit = ArticleVisit {
        capture: Some(capture(&errand.address, when, seats.as_bytes().to_vec())),
        errand,
        article: ferry(seats),
        also: Vec::new(),
        notes: Vec::new(),
        validators: Validators::default(),
        failing: None,
        next_visit: Some(when),
    };
    archive.keep_article(visit).await.unwrap().pressmark
}

async fn due(archive: &Archive, source: &Source, is: fn(&Task) -> bool) -> Errand {
    let errands = archive.errands_due(&host(source), None, now(), 50).await.unwrap();
    errands.into_iter().find(|errand| is(&errand.task)).expect("it is due")
}

fn host(source: &Source) -> String {
    source.site.server()
}

fn capture(address: &Address, at: Timestamp, body: Vec<u8>) -> Capture {
    Capture {
        address: address.clone(),
        at,
        took_ms: 20,
        status: 200,
        request_head: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        response_head: b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
        content_type: String::new(),
        payload: body.clone(),
        body,
        peer: "192.0.2.1:443".to_owned(),
        hops: Vec::new(),
    }
}
