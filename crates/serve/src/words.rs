//! Every word that Pressmark itself says, in English and Simplified Chinese.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Rest;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use std::convert::Infallible;

/// The language that Pressmark speaks to a reader; what sources wrote stays in theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    English,
    Chinese,
}

impl Tongue {
    /// Returns the first language of `Accept-Language` that is spoken here, or else English.
    pub fn of(headers: &HeaderMap) -> Tongue {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Tongue::read(header.unwrap_or_default())
    }

    /// Browsers send the languages in the order of liking (RFC 9110 §12.5.4), so weights are only
    /// looked at to leave out what is refused.
    fn read(header: &str) -> Tongue {
        let spoken = |part: &str| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
            let tag = tag.trim().to_ascii_lowercase();
            match tag.split('-').next() {
                _ if weight == Some(0.0) => None,
                Some("zh" | "cmn" | "yue") => Some(Tongue::Chinese),
                Some("en") => Some(Tongue::English),
                _ => None,
            }
        };
        header.split(',').take(20).find_map(spoken).unwrap_or(Tongue::English)
    }

    pub fn lang(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Chinese => "zh-Hans",
        }
    }
}

impl Tongue {
    /// Returns the words of a link that loads a picture of about so many kB.
    pub fn load_picture(self, kb: u64) -> String {
        say(self, "load_picture", &[kb.to_string()]).unwrap_or_default()
    }
}

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Tongue, Infallible> {
        Ok(Tongue::of(&parts.headers))
    }
}

/// Returns the templates, with a function `say(word, …)` that speaks this language.
pub fn templates(tongue: Tongue) -> Environment<'static> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    let blocks = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    pages.set_syntax(blocks.expect("the usual delimiters are allowed"));
    pages.set_formatter(|out, _, value| {
        // Not the engine's own escaping: it writes every `/` as six bytes.
        let text = value.to_string();
        out.write_str(&if value.is_safe() { text } else { html::escape(&text) })?;
        Ok(())
    });
    pages.add_function("say", move |word: &str, slots: Rest<Value>| {
        let slots: Vec<String> = slots.iter().map(Value::to_string).collect();
        say(tongue, word, &slots)
    });
    for (name, text) in TEMPLATES {
        pages.add_template(name, text).expect("templates are part of the program and tested");
    }
    pages
}

const TEMPLATES: [(&str, &str); 16] = [
    ("about.html", include_str!("../templates/about.html")),
    ("article.html", include_str!("../templates/article.html")),
    ("ask.html", include_str!("../templates/ask.html")),
    ("byline.html", include_str!("../templates/byline.html")),
    ("changes.html", include_str!("../templates/changes.html")),
    ("days.html", include_str!("../templates/days.html")),
    ("empty.html", include_str!("../templates/empty.html")),
    ("frame.html", include_str!("../templates/frame.html")),
    ("health.html", include_str!("../templates/health.html")),
    ("issue.html", include_str!("../templates/issue.html")),
    ("line.html", include_str!("../templates/line.html")),
    ("pager.html", include_str!("../templates/pager.html")),
    ("problem.html", include_str!("../templates/problem.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("source.html", include_str!("../templates/source.html")),
    ("sources.html", include_str!("../templates/sources.html")),
];

/// Returns a word of the table with its slots `{}` filled.
fn say(tongue: Tongue, word: &str, slots: &[String]) -> Result<String, Error> {
    let unknown = || Error::new(ErrorKind::InvalidOperation, format!("no word `{word}`"));
    let (_, english, chinese) = TABLE.iter().find(|row| row.0 == word).ok_or_else(unknown)?;
    let text = match tongue {
        Tongue::English => of_number(english, slots),
        Tongue::Chinese => chinese,
    };
    let mut parts = text.split("{}");
    let first = parts.next().unwrap_or_default().to_owned();
    let filled = parts.zip(slots.iter().map(String::as_str).chain(std::iter::repeat("")));
    Ok(filled.fold(first, |text, (part, slot)| text + slot + part))
}

/// Chooses `one|many` by the first slot.
fn of_number<'a>(text: &'a str, slots: &[String]) -> &'a str {
    match (text.split_once('|'), slots.first().map(String::as_str)) {
        (Some((one, _)), Some("1")) => one,
        (Some((_, many)), _) => many,
        (None, _) => text,
    }
}

/// Word, English, Chinese; `one|many` where English needs two forms, `{}` for what is filled in.
const TABLE: &[(&str, &str, &str)] = &[
    // the frame
    ("skip", "Skip to the text", "跳到正文"),
    ("main", "Main", "主导航"),
    ("today", "Today", "今日"),
    ("sources", "Sources", "来源"),
    ("past_days", "Past days", "往日"),
    ("search", "Search", "搜索"),
    ("search_do", "Search", "搜"),
    ("search_hint", "Headlines and full text", "搜标题与正文"),
    ("about", "About this library", "关于本馆"),
    ("articles_len", "{} story|{} stories", "{} 篇"),
    ("sources_len", "{} source|{} sources", "{} 个来源"),
    ("need_look", "{} source needs a look|{} sources need a look", "{} 个来源要看一看"),
    ("kept_here", "kept on this machine", "收于本地"),
    ("zone", "Times in {}", "时间按 {}"),
    // lists
    ("edited_times", "edited once|edited {} times", "改过 {} 次"),
    ("gone_mark", "taken down", "原文已撤"),
    ("no_headline", "(no headline)", "（没有标题）"),
    ("earlier", "Earlier", "更早"),
    ("rest", "The rest of the day", "当日其余"),
    ("all_by_time", "All by time", "按时间"),
    ("changed_today", "Changed today", "今天改过的"),
    ("changed_that_day", "Changed that day", "这天改过的"),
    ("pages", "Pages", "分页"),
    ("next_page", "Next page", "下一页"),
    ("previous_page", "Previous page", "上一页"),
    ("turn_days", "Other days", "翻日"),
    ("day_empty", "Nothing in the library is of this day.", "馆里没有这一天的文章。"),
    (
        "latest_day",
        "Nothing of today yet. These are the newest.",
        "今天还没有文章，以下是最近一天的。",
    ),
    ("days_title", "Past days", "往日"),
    ("days_which", "Which day", "哪一天"),
    ("days_open", "Open", "打开"),
    // an article
    ("by", "By {}", "文 / {}"),
    ("comma", ", ", "、"),
    ("stop", ".", "。"),
    ("minutes", "{} min read|{} min read", "约 {} 分钟"),
    ("letters", "{} characters", "{} 字"),
    ("original", "Original", "原文"),
    ("changes_see", "See what changed", "看改动"),
    ("load_picture", "Load picture, about {} kB", "载入图片，约 {} kB"),
    ("no_picture", "This picture has not been kept.", "这张图没有收下。"),
    ("at_origin", "See it at its origin", "去原处看"),
    ("older", "You are reading version {} of {}.", "你读的是第 {} 版，共 {} 版。"),
    ("newest", "Read the newest", "读最新一版"),
    (
        "gone",
        "The original has been gone since {}. What you read is kept here; nothing of it is lost.",
        "原网页从 {} 起已经不在。你读的是本馆收下的，内容没有丢。",
    ),
    (
        "listing_only",
        "The page itself could not be had; these are the words of the source's own listing.",
        "原网页没能取到，这里只有来源的列表里写的。",
    ),
    (
        "page_lost",
        "What stands here may be older than the page at its origin.",
        "这里收下的可能比原网页旧。",
    ),
    ("reason", "Reason: {}", "原因：{}"),
    ("no_text", "There is no text to this article.", "这篇没有正文。"),
    ("card", "Catalogue card", "馆藏卡"),
    ("card_source", "Source", "来源"),
    ("card_section", "Section", "栏目"),
    ("card_tags", "Tags", "标签"),
    ("card_address", "Address", "原址"),
    ("card_published", "Published", "刊出"),
    ("card_updated", "Updated", "更新"),
    ("card_first_seen", "First seen", "首次见到"),
    ("card_captured", "Captured", "收录"),
    ("card_checked", "Last checked", "最近核对"),
    ("card_versions", "Versions", "版本"),
    ("card_checksum", "Checksum", "校验"),
    ("card_page_checksum", "Page", "原网页"),
    ("card_forms", "Other forms", "其他形式"),
    ("card_remarks", "Remarks", "备注"),
    ("as_written", "as written: {}", "原文写作：{}"),
    ("zone_not_told", "the publisher names no zone", "来源没有写时区"),
    ("not_told", "not told", "没有写"),
    ("plain_text", "plain text", "纯文本"),
    ("versions", "Versions", "版本"),
    ("version", "Version {}", "第 {} 版"),
    ("versions_len", "{} version|{} versions", "共 {} 版"),
    ("current", "current", "现行"),
    ("first_kept", "first kept", "首次收录"),
    ("turn_versions", "Other versions", "前后版"),
    // changes
    ("changes", "What changed", "改动"),
    ("changes_title", "What changed in version {}", "第 {} 版的改动"),
    ("back", "Back to the article", "回到文章"),
    ("part_headline", "headline", "标题"),
    ("part_deck", "deck", "提要"),
    ("part_byline", "byline", "署名"),
    ("part_picture", "picture", "图片"),
    ("part_paragraph", "¶{}", "¶{}"),
    ("not_there", "Not in this version", "此处没有这一段"),
    ("same_len", "{} part unchanged|{} parts unchanged", "{} 段未改"),
    (
        "same_words",
        "The words are the same; something else of the page differs.",
        "文字没有变，变的是页面的其他部分。",
    ),
    ("added", "+{} character|+{} characters", "＋{} 字"),
    ("removed", "−{} character|−{} characters", "－{} 字"),
    // sources
    ("state_ok", "working", "正常"),
    ("state_failing", "can't be had", "取不到"),
    ("state_silent", "silent", "久无新文"),
    ("state_slow", "slow", "变慢"),
    ("state_new", "not visited yet", "还没去过"),
    ("state_ended", "no longer followed", "不再关注"),
    ("ok_len", "{} working", "{} 正常"),
    ("slow_len", "{} slow", "{} 变慢"),
    ("silent_len", "{} silent", "{} 久无新文"),
    ("failing_len", "{} failing", "{} 取不到"),
    ("week_len", "{} in seven days", "七日 {} 篇"),
    ("trouble_status", "The site answers {}.", "网站回了 {}。"),
    (
        "trouble_robots",
        "The site asks programs to stay away (robots.txt).",
        "网站不让程序读取（robots.txt）。",
    ),
    ("trouble_private", "It lies in a private network.", "地址在内部网络里。"),
    ("trouble_name", "The name leads nowhere.", "域名找不到了。"),
    ("trouble_connection", "Nobody answers.", "连接不上。"),
    ("trouble_tls", "The secure connection can't be trusted.", "安全连接不可信。"),
    ("trouble_no_listing", "What comes is no list of articles any more.", "回来的不再是文章列表。"),
    ("trouble_empty", "The list is empty.", "列表空了。"),
    ("trouble_flood", "More came at once than is taken.", "一次来得太多，余下的慢慢收。"),
    ("trouble_partial", "A part of it can't be had.", "有一部分拿不到。"),
    ("trouble_unreadable", "What comes can't be read.", "回来的东西读不了。"),
    (
        "why_silent",
        "It answers, and has brought nothing new for unusually long.",
        "网站有回应，但比平常久得多没有新文。",
    ),
    ("why_pages", "None of its last {} pages can be had.", "最近 {} 篇的网页都取不到。"),
    (
        "why_budget",
        "Enough was asked of the site today; the rest comes tomorrow.",
        "今天问得够多了，余下的明天再取。",
    ),
    ("why_slow", "An answer takes {} seconds.", "平均 {} 秒才回应。"),
    (
        "healed",
        "A listing broke; another one is followed in its place.",
        "原来的列表坏了，已改用另一个。",
    ),
    ("fix_fetch", "It is asked again by itself; at once with: ", "会自动再试；立刻再试："),
    ("fix_heal", "To look for another listing now: ", "现在另找一个列表："),
    ("fix_add", "To see what else the site offers: ", "看看网站还有什么："),
    (
        "fix_allow",
        "A server of your own is permitted by `allow` in pressmark.toml.",
        "自己的服务器可在 pressmark.toml 的 `allow` 中放行。",
    ),
    (
        "fix_budget",
        "`requests_a_day` in pressmark.toml allows more.",
        "可在 pressmark.toml 中调高 `requests_a_day`。",
    ),
    ("role_main", "followed", "关注中"),
    ("role_witness", "a witness", "佐证"),
    ("role_spare", "a spare", "备用"),
    ("role_ended", "ended", "已停"),
    ("failures", "{} time in a row|{} times in a row", "连续 {} 次"),
    ("since", "So since {}", "从 {} 起如此"),
    ("old_safe", "What has been kept stays readable.", "旧文都在，不受影响。"),
    ("last_visit", "Last", "上次"),
    ("next_visit", "Next", "下次"),
    ("latest", "Newest", "最新"),
    ("never", "never", "从未"),
    ("listings", "Listings", "列表"),
    ("entries_len", "{} announced", "列出 {} 条"),
    ("sources_none", "No source is followed yet.", "还没有来源。"),
    ("without_article", "Announced, but not kept", "列出了，但没有收到"),
    (
        "without_article_why",
        "These have no article yet, or none could be had.",
        "这些还没有取，或者取不到。",
    ),
    ("visit_site", "The site", "去网站"),
    ("source_empty", "Nothing of this source has been kept yet.", "这个来源还没有收下文章。"),
    // search
    ("results_for", "“{}”", "“{}”"),
    (
        "results_len",
        "{} story has all of these words.|{} stories have all of these words.",
        "{} 篇含有全部这些词。",
    ),
    ("results_none", "No story has all of these words.", "没有一篇同时含有这些词。"),
    ("results_try", "Take one word away and try again:", "去掉一些词再试："),
    (
        "search_ask",
        "Put spaces between words; a story is found when all of them are in its headline or text.",
        "词用空格分开；标题或正文须含有全部的词。",
    ),
    // empty, about
    ("empty_title", "The shelves are empty.", "书架是空的。"),
    (
        "empty_say",
        "Tell Pressmark on the command line which news site to follow:",
        "在命令行里告诉 Pressmark 要收哪个新闻网站：",
    ),
    (
        "empty_then",
        "The first articles stand here as soon as they are kept.",
        "第一批文章收下后就会出现在这里。",
    ),
    (
        "empty_waiting",
        "Sources are followed already; their first articles are on the way.",
        "来源已经有了，第一批文章正在路上。",
    ),
    (
        "about_say",
        "This library keeps every article whole: the text, the pictures, and every later edit. It is read here even when the origin can't be reached or has gone.",
        "本馆把每篇文章完整收下：正文、图片和每一次改动。原网站上不去、或者已经不在，也能在这里读。",
    ),
    (
        "about_rights",
        "Articles and pictures belong to their publishers; every article names its source and its address.",
        "文章和图片属于各自的来源；每篇都写明来源和原址。",
    ),
    ("about_holdings", "Holdings", "馆藏"),
    ("count_sources", "Sources", "来源"),
    ("count_articles", "Articles", "文章"),
    ("count_revisions", "Versions", "版本"),
    ("count_pictures", "Pictures", "图片"),
    ("count_captures", "Captures", "抓取"),
    ("count_bytes", "Size", "大小"),
    ("program", "Program", "程序"),
    // problems
    ("problem_missing", "There is nothing at this address.", "这个地址下没有东西。"),
    (
        "problem_missing_advice",
        "It may have been mistyped. Search for it, or turn to today's page.",
        "也许打错了。可以搜一搜，或者回到今日。",
    ),
    ("problem_method", "The pages of this library can only be read.", "这里的页面只能读。"),
    ("problem_method_advice", "Open the address in the ordinary way.", "请直接打开这个地址。"),
    ("problem_host", "This library does not answer to that name.", "本馆不应答这个域名。"),
    (
        "problem_host_advice",
        "Use the address that was told when the library was started, or let its keeper add the name.",
        "请用启动时给出的地址，或请管理者加上这个名字。",
    ),
    ("problem_unclear", "The request could not be understood.", "没能看懂这个请求。"),
    ("problem_unclear_advice", "Check the address.", "请检查地址。"),
    ("problem_broken", "The library could not open this page.", "本馆没能打开这一页。"),
    (
        "problem_broken_advice",
        "Nothing has been lost. Try again; if it lasts, tell the keeper this number:",
        "内容没有丢。请再试；如果一直这样，把这个号码告诉管理者：",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_language_is_the_first_that_is_spoken_here() {
        for (header, tongue) in [
            ("", Tongue::English),
            ("zh-CN,zh;q=0.9,en;q=0.8", Tongue::Chinese),
            ("fr, en;q=0.5, zh;q=0.3", Tongue::English),
            ("en;q=0, zh-Hant", Tongue::Chinese),
            ("ar", Tongue::English),
        ] {
            assert_eq!(Tongue::read(header), tongue, "{header}");
        }
    }

    #[test]
    fn numbers_choose_the_english_form() {
        let check = |slot: &str, text| {
            let said = say(Tongue::English, "articles_len", &[slot.to_owned()]);
            assert_eq!(said.unwrap(), text);
        };
        check("1", "1 story");
        check("0", "0 stories");
        check("312", "312 stories");
    }

    #[test]
    fn every_word_stands_once_and_has_the_same_slots() {
        let mut seen = BTreeSet::new();
        for (word, english, chinese) in TABLE {
            assert!(seen.insert(word), "`{word}` stands twice");
            let slots = |text: &str| text.matches("{}").count();
            let many = english.split('|').next_back().unwrap();
            assert_eq!(slots(many), slots(chinese), "{word}");
        }
    }

    #[test]
    fn templates_say_only_words_of_the_table_and_all_of_them() {
        let text: String = TEMPLATES.iter().map(|(_, text)| *text).collect();
        let sources = [
            include_str!("problem.rs"),
            include_str!("pages/about.rs"),
            include_str!("pages/changes.rs"),
            include_str!("pages/sources.rs"),
            include_str!("pages/health.rs"),
        ]
        .concat();
        let said: BTreeSet<&str> =
            text.split("say(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        for word in &said {
            assert!(TABLE.iter().any(|row| row.0 == *word), "no word `{word}`");
        }
        for (word, ..) in TABLE {
            let named = sources.contains(&format!("\"{word}\""));
            assert!(said.contains(word) || named, "nobody says `{word}`");
        }
    }
}
