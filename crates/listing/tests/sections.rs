//! Small pages of headlines, and what a reader must find in them.

use expect_test::{Expect, expect};
use listing::{Document, Limits, section};
use news::{Address, Entry, Listing, Reading};
use std::fmt::Write;

fn read(page: &str) -> Reading<Listing> {
    let base = Address::read("https://harbour.example/news/").unwrap();
    let document = Document { bytes: page.as_bytes(), content_type: "", base: Some(&base) };
    section::read(&document, &Limits::default())
}

#[track_caller]
fn check(page: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(page)));
}

/// Writes what a person would look for, a line for each.
fn shown(reading: &Reading<Listing>) -> String {
    let mut out = String::new();
    if let Some(listing) = &reading.found {
        let title = listing.title.as_ref().map_or("-", |title| &title.value);
        let _ = writeln!(
            out,
            "{:?} {title} {}",
            listing.form,
            listing.language.as_deref().unwrap_or("-")
        );
        listing.entries.iter().for_each(|entry| show(entry, &mut out));
        listing.parts.iter().for_each(|part| {
            let _ = writeln!(out, "part {}", part.address);
        });
    }
    for note in &reading.notes {
        let _ = writeln!(out, "! {} {}", note.kind, note.text);
    }
    out
}

fn show(entry: &Entry, out: &mut String) {
    let title = entry.title.as_ref().map_or("-", |title| &title.value);
    let link = entry.link.as_deref().unwrap_or("-");
    let _ = writeln!(out, "* {title} {}", link.trim_start_matches("https://harbour.example"));
    if let Some(stamp) = &entry.published {
        let _ = writeln!(out, "  published {}", stamp.at);
    }
    if let Some(summary) = &entry.summary {
        let _ = writeln!(out, "  summary {}", summary.value);
    }
    for thumbnail in &entry.thumbnails {
        let _ = writeln!(out, "  picture {}", thumbnail.url);
    }
}

#[test]
fn a_plain_list_between_navigation_and_footer() {
    check(
        r#"<html lang="en"><title>Harbour News</title><nav><a href="/">Home</a> <a href="/politics">Politics</a>
        <a href="/sport">Sport</a></nav><ul>
        <li><a href="/2026/02/03/the-old-bridge-opens-again">The old bridge opens again</a></li>
        <li><a href="/2026/02/03/ferry-runs-late-for-a-week">Ferry runs late for a week</a></li>
        <li><a href="/2026/02/02/town-hall-gets-a-new-roof">Town hall gets a new roof</a></li></ul>
        <footer><a href="/about">About</a> <a href="/terms-and-conditions-of-use">Terms and conditions</a></footer>"#,
        expect![[r#"
            Section Harbour News en
            * The old bridge opens again /2026/02/03/the-old-bridge-opens-again
              published 2026-02-03T00:00:00Z
            * Ferry runs late for a week /2026/02/03/ferry-runs-late-for-a-week
              published 2026-02-03T00:00:00Z
            * Town hall gets a new roof /2026/02/02/town-hall-gets-a-new-roof
              published 2026-02-02T00:00:00Z
        "#]],
    );
}

#[test]
fn a_log_in_is_no_section() {
    check(
        r#"<title>Log in</title><form><input name=user></form><a href="/password">Forgot your password?</a>
        <a href="/register">Register for free</a>"#,
        expect![[r#"
            ! no-section the page has no list of articles
        "#]],
    );
}

#[test]
fn a_card_has_one_address_three_times() {
    check(
        r#"<html lang="en-GB"><title>Island life</title><div class="grid">
        <div class="card"><a href="/n/bridge-opens-101?utm_source=card"><img data-src="/i/101.jpg" src="/blank.gif" alt="Crowd"></a>
        <span class="label"><a href="/island-life">Island life</a></span>
        <h3><a href="/n/bridge-opens-101">The bridge opens at last</a></h3><p>After nine years the last bolt was set on
        Tuesday, and the ferry rests. <a href="/n/bridge-opens-101">Read more</a></p>
        <p class="meta">By <a href="/authors/ada">Ada Quill</a> | 3 July 2026 | <a href="/n/bridge-opens-101#comments">12</a></p></div>
        <div class="card"><a href="/n/ferry-rests-102"><img data-src="/i/102.jpg" src="/blank.gif" alt="Boat"></a>
        <span class="label"><a href="/island-life">Island life</a></span>
        <h3><a href="/n/ferry-rests-102">The ferry goes to rest in a shed</a></h3>
        <p class="meta">By <a href="/authors/ben">Ben Marlow</a> | 2 July 2026</p></div></div>"#,
        expect![[r#"
            Section Island life en-GB
            * The bridge opens at last /n/bridge-opens-101
              published 2026-07-03T00:00:00Z
              summary After nine years the last bolt was set on Tuesday, and the ferry rests.
              picture https://harbour.example/i/101.jpg
            * The ferry goes to rest in a shed /n/ferry-rests-102
              published 2026-07-02T00:00:00Z
              picture https://harbour.example/i/102.jpg
        "#]],
    );
}

#[test]
fn a_link_is_a_whole_card() {
    check(
        r#"<main><a class="c1x" href="/stories/c4ng1xyz2k9o"><div><img src="/1.jpg"></div><div class="q">Islands</div>
        <div class="z">Two fishing crews found safe after a night at sea</div><p>They had lost their engine in a squall,
        and drifted until the morning.</p><span>3 hrs ago</span></a>
        <a class="c1x" href="/stories/c8mq2abc7d1o"><h3><span class="kicker">Tunnel</span><span>Rail operator asks for
        more time</span></h3><time datetime="2026-07-03T08:15:00+02:00">3 July</time></a></main>"#,
        expect![[r#"
            Section - -
            * Two fishing crews found safe after a night at sea /stories/c4ng1xyz2k9o
              summary They had lost their engine in a squall, and drifted until the morning.
              picture https://harbour.example/1.jpg
            * Rail operator asks for more time /stories/c8mq2abc7d1o
              published 2026-07-03T06:15:00Z
        "#]],
    );
}

#[test]
fn rows_of_a_table_with_headlines_cut_short() {
    check(
        r#"<html lang="zh-CN"><title>港务要闻</title><table><tr><td><a href="/">首页</a> <a href="/gwyw/">要闻</a>
        <a href="/tzgg/">通知公告</a></td></tr><tr><td><table>
        <tr><td>·<a href="./202606/t20260615_101.html" title="港务局批准第二座跨海大桥的建设计划">港务局批准第二座跨海...</a></td><td>[06-15]</td></tr>
        <tr><td>·<a href="./202606/t20260614_102.html" title="渡轮工会就工时薪资达成协议">渡轮工会就工时薪资达...</a></td><td>[06-14]</td></tr>
        <tr><td>·<a href="./202606/t20260613_103.html">码头医院通报流感病例上升</a>(12)</td><td>[06-13]</td></tr>
        </table></td></tr><tr><td><a href="/about/law.html">法律声明与隐私保护</a> <a href="https://hill.example/">友情链接</a></td></tr></table>"#,
        expect![[r#"
            Section 港务要闻 zh-CN
            * 港务局批准第二座跨海大桥的建设计划 /news/202606/t20260615_101.html
              published 2026-06-15T00:00:00Z
            * 渡轮工会就工时薪资达成协议 /news/202606/t20260614_102.html
              published 2026-06-14T00:00:00Z
            * 码头医院通报流感病例上升 /news/202606/t20260613_103.html
              published 2026-06-13T00:00:00Z
        "#]],
    );
}

#[test]
fn dates_stand_before_and_after_in_many_ways() {
    check(
        r#"<base href="https://harbour.example/v2/"><dl><dt>03/06/2026</dt><dd><a href="r/4401">Council opens the old lighthouse</a></dd>
        <dt>02/06/2026</dt><dd><a href="r/4400">Market road closed for repairs</a></dd></dl>
        <ul><li><span class="date">2026-06-01</span><a href="r/4399">Young sailors win a long race</a></li>
        <li><a href="r/4398">Farmers say rain has ruined the harvest</a> <em>(31.05.2026)</em></li></ul>"#,
        expect![[r#"
            Section - -
            * Council opens the old lighthouse /v2/r/4401
              published 2026-06-03T00:00:00Z
            * Market road closed for repairs /v2/r/4400
              published 2026-06-02T00:00:00Z
            * Young sailors win a long race /v2/r/4399
              published 2026-06-01T00:00:00Z
            * Farmers say rain has ruined the harvest /v2/r/4398
              published 2026-05-31T00:00:00Z
        "#]],
    );
}

#[test]
fn headlines_from_the_right() {
    check(
        r#"<html dir="rtl" lang="ar"><title>المرسى</title><ul class="menu"><li><a href="/اقتصاد/">اقتصاد</a></li></ul>
        <article><h3><a href="/أخبار/2026/7/3/مجلس-الميناء-يوافق-على-خطة-الجسر">مجلس الميناء يوافق على خطة الجسر</a></h3></article>
        <article><h3><a href="/أخبار/2026/7/2/صيادان-يعودان-سالمين-بعد-ليلة">صيادان يعودان سالمين بعد ليلة في البحر</a></h3></article>"#,
        expect![[r#"
            Section المرسى ar
            * مجلس الميناء يوافق على خطة الجسر /%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/2026/7/3/%D9%85%D8%AC%D9%84%D8%B3-%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1-%D9%8A%D9%88%D8%A7%D9%81%D9%82-%D8%B9%D9%84%D9%89-%D8%AE%D8%B7%D8%A9-%D8%A7%D9%84%D8%AC%D8%B3%D8%B1
              published 2026-07-03T00:00:00Z
            * صيادان يعودان سالمين بعد ليلة في البحر /%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/2026/7/2/%D8%B5%D9%8A%D8%A7%D8%AF%D8%A7%D9%86-%D9%8A%D8%B9%D9%88%D8%AF%D8%A7%D9%86-%D8%B3%D8%A7%D9%84%D9%85%D9%8A%D9%86-%D8%A8%D8%B9%D8%AF-%D9%84%D9%8A%D9%84%D8%A9
              published 2026-07-02T00:00:00Z
        "#]],
    );
}

#[test]
fn the_next_page_is_a_part() {
    check(
        r#"<link rel="next" href="/news/page/2/"><h2><a href="/news/4711-bridge-opens">The old bridge opens again</a></h2>
        <h2><a href="/news/4712-ferry-late">The ferry runs late for a week</a></h2><a href="/news/page/2/" rel="next">Older</a>"#,
        expect![[r#"
            Section - -
            * The old bridge opens again /news/4711-bridge-opens
            * The ferry runs late for a week /news/4712-ferry-late
            part https://harbour.example/news/page/2/
        "#]],
    );
}

#[test]
fn an_article_is_no_section_whatever_it_links_to() {
    let paragraph = "<p>The council met for nine hours before it came to a vote, and nobody went home happy, \
        least of all those who had come to hear the reasons for the delay.</p>";
    let page = format!(
        r#"<meta property="og:type" content="article"><h1>The old bridge opens again</h1>{}
        <aside><ul><li><a href="/2026/02/01/ferry-runs-late-for-a-week">Ferry runs late for a week</a></li>
        <li><a href="/2026/02/02/town-hall-gets-a-new-roof">Town hall gets a new roof</a></li></ul></aside>"#,
        paragraph.repeat(8)
    );
    check(
        &page,
        expect![[r#"
            ! no-section the page is an article itself
        "#]],
    );
}

#[test]
fn a_page_without_an_address_has_its_canonical_one() {
    let page = r#"<link rel="canonical" href="https://harbour.example/"><h2><a href="/n/old-bridge-opens-again">The old
        bridge opens again</a></h2><h2><a href="/n/ferry-runs-late-again">The ferry runs late again</a></h2>"#;
    let document = Document { bytes: page.as_bytes(), content_type: "", base: None };
    let found = section::read(&document, &Limits::default()).found.unwrap();
    assert_eq!(found.entries[0].id, "https://harbour.example/n/old-bridge-opens-again");
}

#[test]
fn limits_hold() {
    let page: String = (0..30)
        .map(|n| {
            format!("<h2><a href=/news/{n}-bridge-opens-again>The old bridge opens again</a></h2>")
        })
        .collect();
    let base = Address::read("https://harbour.example/").unwrap();
    let document = Document { bytes: page.as_bytes(), content_type: "", base: Some(&base) };
    let few = section::read(&document, &Limits { entries_max: 7, ..Limits::default() });
    assert_eq!(few.found.unwrap().entries.len(), 7);
    assert_eq!(few.notes[0].kind, "entries-cut");
    let small = section::read(&document, &Limits { bytes_max: 100, ..Limits::default() });
    assert_eq!(small.notes[0].kind, "too-large");
}
