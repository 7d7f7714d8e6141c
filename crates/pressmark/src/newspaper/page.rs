//! The paper's pages, written the way a content system writes them: the article somewhere within.

use super::body::{PICTURE_SIZE, body, figure};
use super::newsroom::{CHINESE, DESKS, Desk, Newsroom, Story};
use super::text::Fate;
use jiff::Timestamp;
use serde_json::json;

const ARTICLE: &str = include_str!("templates/article.html");
const FRONT: &str = include_str!("templates/front.html");
const HOME: &str = include_str!("templates/home.html");
const TEASERS_MAX: usize = 3;

/// Writes an article's page.
pub fn article(newsroom: &Newsroom, story: &Story) -> String {
    let text = story.text;
    let address = format!("{}{}", newsroom.origin, story.path);
    let picture = text.lead.map(|lead| format!("{}/pictures/{}", newsroom.origin, lead.file));
    let image = picture.as_deref().map(|picture| {
        format!("<meta property=\"og:image\" content=\"{picture}\">\n<meta property=\"og:image:width\" content=\"1280\">\n<meta property=\"og:image:height\" content=\"853\">")
    });
    let updated = (story.updated != story.published).then(|| updated_line(story));
    fill(
        ARTICLE,
        &[
            ("title", &escape(story.title())),
            ("deck", &escape(text.deck)),
            ("byline", &escape(text.byline)),
            ("address", &address),
            ("section", text.section.1),
            ("section-path", text.section.0),
            ("published", &story.published.to_string()),
            ("updated", &story.updated.to_string()),
            ("published-words", &day(story.desk, story.published)),
            ("updated-line", updated.as_deref().unwrap_or("")),
            ("og-image", image.as_deref().unwrap_or("")),
            ("json-ld", &json_ld(story, &address, picture.as_deref())),
            (
                "lead",
                &text.lead.map(|lead| figure(&lead, "lead", text.pictures)).unwrap_or_default(),
            ),
            ("body", &body(newsroom, story)),
            ("related", &related(newsroom, story)),
        ],
        story.desk,
    )
}

/// Writes a desk's front page.
pub fn front(newsroom: &Newsroom, desk: &'static Desk) -> String {
    let stories = newsroom.in_print(desk);
    let teasers: String = stories.iter().map(teaser).collect();
    fill(FRONT, &[("teasers", &teasers)], desk)
}

/// Writes the page at `/`, which leads to the three front pages.
pub fn home() -> String {
    let line = |desk: &&Desk| {
        format!(
            "<li lang=\"{}\"><a href=\"{}\">{}</a> <small>{}</small></li>\n",
            desk.language, desk.front, desk.title, desk.motto
        )
    };
    let alternate = |desk: &&Desk| {
        format!(
            "<link rel=\"alternate\" type=\"{}\" title=\"{}\" href=\"{}\">\n",
            desk.feed_type, desk.title, desk.feed
        )
    };
    HOME.replace("{{desks}}", &DESKS.iter().map(line).collect::<String>())
        .replace("{{alternates}}", &DESKS.iter().map(alternate).collect::<String>())
}

/// Puts words where a template names them, and the desk's own words around them.
fn fill(template: &str, words: &[(&str, &str)], desk: &Desk) -> String {
    let own = [
        ("language", desk.language),
        ("paper", desk.title),
        ("motto", desk.motto),
        ("front", desk.front),
        ("feed", desk.feed),
        ("feed-type", desk.feed_type),
    ];
    let furniture = if desk.language == "zh-CN" { &FURNITURE_ZH } else { &FURNITURE_EN };
    words.iter().chain(&own).chain(furniture).fold(template.to_owned(), |page, (name, value)| {
        page.replace(&format!("{{{{{name}}}}}"), value)
    })
}

const FURNITURE_EN: [(&str, &str); 12] = [
    ("skip", "Skip to content"),
    (
        "nav",
        r#"<li><a href="/en/#harbour">Harbour</a></li><li><a href="/en/#town">Town</a></li><li><a href="/en/#weather">Weather</a></li><li><a href="/notices/">Notices</a></li><li><a href="/zh/" hreflang="zh-CN" lang="zh-CN">中文</a></li>"#,
    ),
    ("by", "By "),
    ("share", "Share"),
    ("copy-link", "Copy link"),
    ("print", "Print"),
    ("more", "More from the Lantern"),
    ("newsletter", "The Lamplighter, every evening"),
    (
        "newsletter-words",
        "Five stories, the tide table and the weather, by e-mail. No charge, and no news after nine.",
    ),
    ("subscribe", "Sign up"),
    ("search", "Search the Lantern"),
    (
        "imprint",
        "The Saltmere Lantern, 3 Ropewalk, Saltmere. Printed on Tuesdays, tides permitting.",
    ),
];

const FURNITURE_ZH: [(&str, &str); 12] = [
    ("skip", "跳到正文"),
    (
        "nav",
        r#"<li><a href="/zh/#gangkou">港口</a></li><li><a href="/zh/#zhenshang">镇上</a></li><li><a href="/zh/#xiangye">乡野</a></li><li><a href="/zh/#tianqi">天气</a></li><li><a href="/en/" hreflang="en" lang="en">English</a></li>"#,
    ),
    ("by", "文／"),
    ("share", "分享"),
    ("copy-link", "复制链接"),
    ("print", "打印"),
    ("more", "更多报道"),
    ("newsletter", "《点灯人》晚间邮件"),
    ("newsletter-words", "每晚五条新闻、潮汐表和天气，免费寄到邮箱，九点以后不打扰。"),
    ("subscribe", "订阅"),
    ("search", "搜索灯报"),
    ("imprint", "《盐湾灯报》，盐湾镇绳厂路三号。每周二付印，大潮顺延。"),
];

fn updated_line(story: &Story) -> String {
    let word = if *story.desk == CHINESE { "更新于" } else { "Updated" };
    format!(
        r#"<span class="updated">{word} <time datetime="{}" itemprop="dateModified">{}</time></span>"#,
        story.updated,
        day(story.desk, story.updated)
    )
}

/// Writes an instant as readers of a desk expect it, in UTC.
pub fn day(desk: &Desk, at: Timestamp) -> String {
    let form = if *desk == CHINESE { "%Y年%-m月%-d日 %H:%M" } else { "%-d %B %Y, %H:%M" };
    at.strftime(form).to_string()
}

fn json_ld(story: &Story, address: &str, picture: Option<&str>) -> String {
    let mut card = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "headline": story.title(),
        "description": story.text.deck,
        "articleSection": story.text.section.1,
        "inLanguage": story.desk.language,
        "datePublished": story.published.to_string(),
        "dateModified": story.updated.to_string(),
        "author": [{"@type": "Person", "name": story.text.byline}],
        "publisher": {"@type": "NewsMediaOrganization", "name": story.desk.title},
    });
    if let Some(picture) = picture {
        card["image"] =
            json!([{"@type": "ImageObject", "url": picture, "width": 1280, "height": 853}]);
    }
    // `</` would end the script element.
    card.to_string().replace("</", "<\\/")
}

fn related(newsroom: &Newsroom, story: &Story) -> String {
    let others = newsroom.in_print(story.desk);
    others
        .iter()
        .filter(|other| other.path != story.path)
        // What comes and goes does not change the pages that were there before it.
        .filter(|other| other.text.fate == Fate::Stays)
        .take(TEASERS_MAX)
        .map(|other| {
            let title = escape(other.text.title);
            format!("<li class=\"related__item\"><a href=\"{}\">{title}</a></li>\n", other.path)
        })
        .collect()
}

fn teaser(story: &Story) -> String {
    let picture = story.text.lead.map(|lead| {
        format!(
            r#"<a class="card__media" href="{}" tabindex="-1"><img src="/pictures/{}" alt="" {PICTURE_SIZE} loading="lazy"></a>"#,
            story.path, lead.file
        )
    });
    format!(
        "<article class=\"card\" id=\"{}\">{}<div class=\"card__text\"><p class=\"kicker\">{}</p><h2><a href=\"{}\">{}</a></h2><p>{}</p><time datetime=\"{}\">{}</time></div></article>\n",
        story.text.section.0,
        picture.unwrap_or_default(),
        story.text.section.1,
        story.path,
        escape(story.title()),
        escape(story.text.deck),
        story.published,
        day(story.desk, story.published)
    )
}

/// Escapes words for text and attributes of HTML and XML.
pub fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
