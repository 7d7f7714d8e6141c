//! The paper's pages, written the way a content system writes them: the article somewhere within.

use super::newsroom::{CHINESE, DESKS, Desk, Newsroom, Story};
use super::text::{Block, Fate, Figure, Loading};
use jiff::Timestamp;
use serde_json::json;

const ARTICLE: &str = include_str!("templates/article.html");
const FRONT: &str = include_str!("templates/front.html");
const HOME: &str = include_str!("templates/home.html");
const TEASERS_MAX: usize = 3;
const PICTURE_SIZE: &str = r#"width="1280" height="853""#;
/// One transparent pixel, which lazy-loading scripts replace.
const PIXEL: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// Writes an article's page.
pub fn article(newsroom: &Newsroom, story: &Story) -> String {
    let text = story.text;
    let address = format!("{}{}", newsroom.origin, story.path);
    let picture = text
        .lead
        .map(|lead| format!("{}/pictures/{}", newsroom.origin, lead.file));
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
                &text
                    .lead
                    .map(|lead| figure(&lead, "lead", text.pictures))
                    .unwrap_or_default(),
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
        .replace(
            "{{alternates}}",
            &DESKS.iter().map(alternate).collect::<String>(),
        )
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
    let furniture = if desk.language == "zh-CN" {
        &FURNITURE_ZH
    } else {
        &FURNITURE_EN
    };
    words
        .iter()
        .chain(&own)
        .chain(furniture)
        .fold(template.to_owned(), |page, (name, value)| {
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
    (
        "newsletter-words",
        "每晚五条新闻、潮汐表和天气，免费寄到邮箱，九点以后不打扰。",
    ),
    ("subscribe", "订阅"),
    ("search", "搜索灯报"),
    (
        "imprint",
        "《盐湾灯报》，盐湾镇绳厂路三号。每周二付印，大潮顺延。",
    ),
];

fn updated_line(story: &Story) -> String {
    let word = if *story.desk == CHINESE {
        "更新于"
    } else {
        "Updated"
    };
    format!(
        r#"<span class="updated">{word} <time datetime="{}" itemprop="dateModified">{}</time></span>"#,
        story.updated,
        day(story.desk, story.updated)
    )
}

fn day(desk: &Desk, at: Timestamp) -> String {
    let form = if *desk == CHINESE {
        "%Y年%-m月%-d日 %H:%M"
    } else {
        "%-d %B %Y, %H:%M"
    };
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
            format!(
                "<li class=\"related__item\"><a href=\"{}\">{title}</a></li>\n",
                other.path
            )
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

fn body(newsroom: &Newsroom, story: &Story) -> String {
    let blocks = story
        .text
        .blocks
        .iter()
        .map(|block| self::block(newsroom, story, block));
    let notice = story.correction.map(|correction| {
        format!(
            "<p class=\"correction\"><em>{}</em></p>\n",
            escape(correction.notice)
        )
    });
    blocks.chain(notice).collect()
}

fn block(newsroom: &Newsroom, story: &Story, block: &Block) -> String {
    let line = |words: &str| words_to_html(newsroom, story.desk, words);
    let items = |items: &[&str]| {
        items
            .iter()
            .map(|item| format!("<li>{}</li>\n", line(item)))
            .collect::<String>()
    };
    match block {
        Block::Paragraph(words) => format!("<p>{}</p>\n", line(&corrected(story, words))),
        Block::Subhead(words) => format!("<h2>{}</h2>\n", line(words)),
        Block::Quote(lines) => quote(lines),
        Block::Bullets(lines) => format!("<ul>\n{}</ul>\n", items(lines)),
        Block::Steps(lines) => format!("<ol>\n{}</ol>\n", items(lines)),
        Block::Table(rows) => table(rows),
        Block::Figure(picture) => figure(picture, "inline", story.text.pictures),
        Block::Post(post) => self::post(story, post),
    }
}

fn corrected(story: &Story, words: &str) -> String {
    match story.correction {
        Some(correction) => words.replace(correction.wrong, correction.right),
        None => words.to_owned(),
    }
}

fn quote(lines: &[&str]) -> String {
    let is_name = |line: &&&str| line.starts_with('—');
    let words: String = lines
        .iter()
        .filter(|line| !is_name(line))
        .map(|l| format!("<p>{}</p>", escape(l)))
        .collect();
    let name: String = lines
        .iter()
        .filter(is_name)
        .map(|line| format!("<footer>{}</footer>", escape(line)))
        .collect();
    format!("<blockquote class=\"pullquote\">{words}{name}</blockquote>\n")
}

fn table(rows: &[Vec<&str>]) -> String {
    let row = |tag: &str, cells: &[&str]| {
        let cells: String = cells
            .iter()
            .map(|cell| format!("<{tag}>{}</{tag}>", escape(cell)))
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    let Some((head, rest)) = rows.split_first() else {
        return String::new();
    };
    let rest: String = rest.iter().map(|cells| row("td", cells)).collect();
    format!(
        "<div class=\"table-wrap\"><table>\n<thead>{}</thead>\n<tbody>{rest}</tbody>\n</table></div>\n",
        row("th", head)
    )
}

fn figure(picture: &Figure, class: &str, loading: Loading) -> String {
    let (file, caption) = (picture.file, escape(picture.caption));
    let image = match loading {
        Loading::Eager => {
            format!(
                r#"<img src="/pictures/{file}" alt="{caption}" {PICTURE_SIZE} decoding="async">"#
            )
        }
        Loading::Lazy => format!(
            r#"<img class="lazyload" src="{PIXEL}" data-src="/pictures/{file}" alt="{caption}" {PICTURE_SIZE}>"#
        ),
    };
    format!(
        "<figure class=\"figure figure--{class}\">{image}<figcaption>{caption} <span class=\"credit\">{}</span></figcaption></figure>\n",
        escape(picture.credit)
    )
}

fn post(story: &Story, [name, handle, words]: &[&str; 3]) -> String {
    let number = 7_000_000 + story.published.as_second() % 1_000_000;
    format!(
        "<blockquote class=\"social-post\" data-post-id=\"{number}\" lang=\"{}\"><p>{}</p>&mdash; {} ({handle}) <a href=\"https://social.saltmere.example/{handle}/{number}\">{}</a></blockquote>\n<script async src=\"https://social.saltmere.example/embed.js\" charset=\"utf-8\"></script>\n",
        story.desk.language,
        escape(words),
        escape(name),
        day(story.desk, story.published)
    )
}

/// Writes words with their links (`[…](slug)`) and their ships and books (`*…*`).
fn words_to_html(newsroom: &Newsroom, desk: &Desk, words: &str) -> String {
    let mut html = String::new();
    let mut rest = words;
    while let Some((before, label, slug, after)) = next_link(rest) {
        html += &emphasised(before);
        let path = path_of(newsroom, desk, slug);
        html += &format!("<a href=\"{path}\">{}</a>", escape(label));
        rest = after;
    }
    html + &emphasised(rest)
}

fn next_link(words: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = words.split_once('[')?;
    let (label, rest) = rest.split_once("](")?;
    let (slug, after) = rest.split_once(')')?;
    Some((before, label, slug, after))
}

fn path_of(newsroom: &Newsroom, desk: &Desk, slug: &str) -> String {
    let stories = newsroom.in_print(desk);
    let there = stories.into_iter().find(|story| story.text.slug == slug);
    there.map_or_else(|| desk.front.to_owned(), |story| story.path)
}

fn emphasised(words: &str) -> String {
    let parts = words.split('*').enumerate();
    parts
        .map(|(n, part)| match n % 2 {
            0 => escape(part),
            _ => format!("<em>{}</em>", escape(part)),
        })
        .collect()
}

/// Escapes words for text and attributes of HTML and XML.
pub fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
