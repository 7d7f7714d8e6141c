//! The pages of a real library, asked for as a browser asks.

mod hub;
mod library;

use archive::Archive;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use library::{Folder, HOSTILE, Marks, fill, now, pixel};
use news::Digest;
use serve::{LOOPBACK, Options, router};
use tower::ServiceExt;

struct Reader {
    router: Router,
    marks: Marks,
    _folder: Folder,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }
}

async fn open() -> Reader {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let marks = fill(&archive, pixel(), (1280, 720)).await;
    let router = router(archive, Options::default(), now);
    Reader { router, marks, _folder: folder }
}

async fn ask(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request =
        headers.iter().fold(Request::get(path), |r, (name, value)| r.header(*name, *value));
    send(router, request.body(Body::empty()).unwrap()).await
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
    Answer { status, headers, bytes }
}

impl Reader {
    async fn get(&self, path: &str) -> Answer {
        ask(&self.router, path, &[]).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text().to_owned()
    }

    /// Returns the address of every page there is.
    fn paths(&self) -> Vec<String> {
        let Marks { ferry, chinese, arabic, hostile } = &self.marks;
        let mut paths: Vec<String> = [
            "/",
            "/d",
            "/d/2031-03-05",
            "/d/1999-01-01",
            "/sources",
            "/source/tide-post",
            "/source/dengta",
            "/search",
            "/search?q=ferry",
            "/search?q=%E7%81%AF%E5%A1%94",
            "/about",
        ]
        .map(str::to_owned)
        .to_vec();
        paths.extend([ferry, chinese, arabic, hostile].map(|mark| format!("/a/{mark}")));
        paths.extend([format!("/a/{ferry}/1"), format!("/a/{ferry}/2/changes")]);
        paths
    }
}

#[track_caller]
fn has(page: &str, part: &str) {
    assert!(page.contains(part), "`{part}` is not in:\n{page}");
}

#[track_caller]
fn lacks(page: &str, part: &str) {
    assert!(!page.contains(part), "`{part}` is in:\n{page}");
}

#[tokio::test]
async fn pictures_wait_where_data_is_dear() {
    let reader = open().await;
    let path = format!("/a/{}", reader.marks.ferry);
    let saver = [("save-data", "on")];
    let page = ask(&reader.router, &path, &saver).await;
    assert!(!page.text().contains("<img"), "{}", page.text());
    assert!(page.text().contains("href=\"?img=1\">Load picture, about "), "{}", page.text());
    assert!(page.header("vary").contains("save-data"));
    let page = ask(&reader.router, &format!("{path}?img=1"), &saver).await;
    assert!(page.text().contains("<img"), "{}", page.text());
}

#[tokio::test]
async fn every_answer_carries_the_headers_also_when_it_is_an_error() {
    let reader = open().await;
    let mut paths = reader.paths();
    let mark = &reader.marks.ferry;
    let wrong = ["/nothing", "/a/0000000000", "/a/%FF", "/d/tomorrow", "/picture/00", "/a/x/y"];
    paths.extend(wrong.map(str::to_owned));
    paths.extend([".json", ".txt", ".md", ".exe", "/7", "/x"].map(|end| format!("/a/{mark}{end}")));
    for path in paths {
        let answer = reader.get(&path).await;
        let policy = answer.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn no_page_has_a_script_a_style_or_anything_of_another_site() {
    let reader = open().await;
    for path in reader.paths() {
        let page = reader.page(&path).await;
        for part in
            ["<script", "<style", "style=\"", "onerror=\"", "src=\"http", "url(http", "<iframe"]
        {
            lacks(&page, part);
        }
        has(&page, "<html lang=\"en\">");
        has(&page, "<title>");
        for image in page.split("<img").skip(1) {
            let tag = image.split('>').next().unwrap();
            assert!(
                tag.contains(" width=") && tag.contains(" height=") && tag.contains("alt="),
                "{tag}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_source_wrote_stays_text() {
    let reader = open().await;
    let hostile = format!("/a/{}", reader.marks.hostile);
    for path in ["/", "/source/tide-post", "/search?q=script", hostile.as_str()] {
        let page = reader.page(path).await;
        lacks(&page, HOSTILE);
        lacks(&page, "<script");
        lacks(&page, "<b>Mallory");
        lacks(&page, "<img src=x");
        lacks(&page, "\" onclick=");
        has(&page, "alert(1)");
    }
    let asked = reader.page("/search?q=%22%3E%3Cscript%3Ealert(9)%3C/script%3E").await;
    lacks(&asked, "<script");
    has(&asked, "alert(9)");
}

#[tokio::test]
async fn the_front_page_leads_with_the_newest_picture_and_names_what_changed() {
    let reader = open().await;
    let page = reader.page("/").await;
    has(&page, "<time datetime=\"2031-03-05\">Wednesday, 5 March 2031</time>");
    let lead = page.split("story lead").nth(1).unwrap().split("</article>").next().unwrap();
    has(lead, "The night ferry is back");
    has(lead, "width=\"1280\" height=\"720\"");
    has(lead, &format!("/picture/{}", Digest::of(&pixel()).hex()));
    let changed = page.split("Changed today").nth(1).unwrap();
    has(changed, &format!("/a/{}/2/changes", reader.marks.ferry));
    has(changed, "nine hundred and <del>ten</del><ins>twelve</ins> seats");
    has(&page, "edited once");
    has(&page, "<a href=\"/\" aria-current=\"page\">");
}

#[tokio::test]
async fn every_headline_has_its_own_language_and_direction() {
    let reader = open().await;
    let page = reader.page("/").await;
    has(
        &page,
        &format!("<h2 lang=\"zh-Hans\" dir=\"ltr\"><a href=\"/a/{}\">", reader.marks.chinese),
    );
    has(&page, &format!("<h2 lang=\"ar\" dir=\"rtl\"><a href=\"/a/{}\">", reader.marks.arabic));
    has(&page, "<h2 lang=\"en\" dir=\"ltr\">");
    let article = reader.page(&format!("/a/{}", reader.marks.arabic)).await;
    has(&article, "<div class=\"body\" lang=\"ar\" dir=\"rtl\">");
}

#[tokio::test]
async fn pressmark_speaks_the_language_of_the_reader() {
    let reader = open().await;
    let speak = async |language: &str| {
        let answer = ask(&reader.router, "/", &[("accept-language", language)]).await;
        assert_eq!(answer.header("vary"), "accept-language, save-data");
        answer.text().to_owned()
    };
    let chinese = speak("zh-CN,zh;q=0.9").await;
    has(&chinese, "<html lang=\"zh-Hans\">");
    has(&chinese, "2031 年 3 月 5 日 星期三");
    has(&chinese, "改过 1 次");
    has(&speak("fr").await, "<html lang=\"en\">");
}

#[tokio::test]
async fn an_article_shows_its_four_times_and_where_it_came_from() {
    let reader = open().await;
    let page = reader.page(&format!("/a/{}", reader.marks.ferry)).await;
    has(&page, "By Ida Mole, Jon Ash");
    has(&page, "5 March 2031, 10:20 UTC");
    has(
        &page,
        "<dt>Published</dt><dd><time datetime=\"2031-03-05T10:20:00+00:00\">2031-03-05 10:20:00 UTC",
    );
    has(&page, "<dt>Updated</dt><dd>not told</dd>");
    has(&page, "<dt>First seen</dt><dd><time datetime=\"2031-03-05T10:25:00+00:00\">");
    has(&page, "<dt>Captured</dt><dd><time datetime=\"2031-03-05T11:30:00+00:00\">");
    has(&page, "<dt>Last checked</dt><dd><time datetime=\"2031-03-05T11:30:00+00:00\">");
    has(&page, "href=\"https://tide-post.example/ferry\" rel=\"noreferrer external\"");
    has(&page, "alt=\"A lit boat on dark water\"");
    has(&page, "The 9.15 leaves the old pier. <span class=\"credit\">Tide Post/I. Mole</span>");
    has(&page, "nine hundred and twelve");
    has(&page, "class=\"picture-missing\"");
    has(&page, reader.marks.ferry.as_str());
}

#[tokio::test]
async fn an_older_version_says_so_and_the_change_is_shown() {
    let reader = open().await;
    let mark = &reader.marks.ferry;
    let older = reader.page(&format!("/a/{mark}/1")).await;
    has(&older, "You are reading version 1 of 2.");
    has(&older, "nine hundred and ten");
    lacks(&older, "nine hundred and twelve");
    has(&older, &format!("<a href=\"/a/{mark}\">Read the newest</a>"));
    lacks(&reader.page(&format!("/a/{mark}/2")).await, "You are reading version");
    let changes = reader.page(&format!("/a/{mark}/2/changes")).await;
    has(&changes, "day: nine hundred and <del>ten</del> seats");
    has(&changes, "day: nine hundred and <ins>twelve</ins> seats");
    has(&changes, "¶2");
    for missing in ["3", "3/changes", "1/changes", "0", "0/changes"] {
        assert_eq!(reader.get(&format!("/a/{mark}/{missing}")).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn an_article_leaves_in_three_other_forms() {
    let reader = open().await;
    for (end, media_type) in [
        ("json", "application/json"),
        ("txt", "text/plain; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
    ] {
        let answer = reader.get(&format!("/a/{}.{end}", reader.marks.ferry)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), media_type);
        has(answer.text(), "The night ferry is back, and its first crossing was full");
        has(answer.text(), "nine hundred and twelve");
    }
}

#[tokio::test]
async fn a_mark_is_read_as_people_write_it() {
    let reader = open().await;
    let shouted = reader.marks.ferry.as_str().to_uppercase();
    has(&reader.page(&format!("/a/{shouted}")).await, "The night ferry is back");
}

#[tokio::test]
async fn a_picture_comes_as_it_was_kept_and_can_do_nothing() {
    let reader = open().await;
    let hex = Digest::of(&pixel()).hex();
    let answer = reader.get(&format!("/picture/{hex}")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.bytes, pixel());
    assert_eq!(answer.header("content-type"), "image/png");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert!(answer.header("cache-control").contains("immutable"));
    let etag = answer.header("etag").to_owned();
    let again = ask(&reader.router, &format!("/picture/{hex}"), &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let missing = Digest::of(b"never kept").hex();
    assert_eq!(reader.get(&format!("/picture/{missing}")).await.status, 404);
}

#[tokio::test]
async fn the_stylesheet_is_named_by_its_content() {
    let reader = open().await;
    let page = reader.page("/").await;
    let href = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = reader.get(href).await;
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert!(answer.header("cache-control").contains("max-age=31536000, immutable"));
    let digest = Digest::of(&answer.bytes).hex();
    assert!(href.contains(&digest[..12]), "{href}");
    assert!(answer.bytes.len() <= 15_000, "{} bytes", answer.bytes.len());
}

#[tokio::test]
async fn search_finds_marks_and_says_how_many() {
    let reader = open().await;
    let page = reader.page("/search?q=night+ferry").await;
    has(&page, "1 story has all of these words.");
    has(&page, "<mark>night</mark> <mark>ferry</mark>");
    has(&page, "value=\"night ferry\"");
    let page = reader.page("/search?q=%E7%81%AF%E5%A1%94").await;
    has(&page, "<mark>灯塔</mark>");
    let none = reader.page("/search?q=ferry+zeppelin").await;
    has(&none, "No story has all of these words.");
    has(&none, "<a dir=\"auto\" href=\"/search?q=zeppelin\">");
}

#[tokio::test]
async fn a_source_names_what_it_announced_and_has_no_article() {
    let reader = open().await;
    let page = reader.page("/source/tide-post").await;
    has(&page, "The night ferry is back");
    has(&page, "Announced, but not kept");
    has(&page, "A lost &lt;page&gt;");
    let sources = reader.page("/sources").await;
    has(&sources, "<h2 lang=\"zh-Hans\" dir=\"ltr\"><a href=\"/source/dengta\">灯塔周报</a></h2>");
    assert_eq!(reader.get("/source/nobody").await.status, 404);
}

#[tokio::test]
async fn a_day_can_be_gone_to() {
    let reader = open().await;
    let answer = reader.get("/d?day=2031-03-05").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/d/2031-03-05");
    let empty = reader.page("/d/2031-03-04").await;
    has(&empty, "Nothing in the library is of this day.");
    has(&empty, "href=\"/d/2031-03-05\" rel=\"next\"");
    has(&reader.page("/d").await, "4 stories");
    assert_eq!(reader.get("/d/2031-03-05?page=2").await.status, 404);
}

#[tokio::test]
async fn a_missing_page_offers_the_search() {
    let reader = open().await;
    let answer = reader.get("/no/such/page").await;
    assert_eq!(answer.status, 404);
    has(answer.text(), "There is nothing at this address.");
    has(answer.text(), "action=\"/search\"");
    let post = Request::post("/search").body(Body::empty()).unwrap();
    let answer = send(&reader.router, post).await;
    assert_eq!(answer.status, 405);
    has(answer.text(), "can only be read");
    assert_eq!(reader.get("/d/2031-03-05?page=minus").await.status, 400);
}

#[tokio::test]
async fn an_empty_library_says_what_to_do() {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let router = router(archive, Options::default(), now);
    let answer = ask(&router, "/", &[]).await;
    assert_eq!(answer.status, 200);
    has(answer.text(), "The shelves are empty.");
    has(answer.text(), "pressmark add");
}

#[tokio::test]
async fn only_names_of_ours_are_answered_where_hosts_are_given() {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let hosts = LOOPBACK.map(str::to_owned).to_vec();
    let router = router(archive, Options { hosts, ..Options::default() }, now);
    for (host, status) in [
        ("localhost:7070", 200),
        ("127.0.0.1:7070", 200),
        ("[::1]:7070", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("localhost.evil.example:7070", 421),
        ("evil.example:127.0.0.1", 421),
    ] {
        let answer = ask(&router, "/", &[("host", host)]).await;
        assert_eq!(answer.status, status, "{host}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
    assert_eq!(ask(&router, "/", &[]).await.status, 421, "no host at all");
}

#[tokio::test]
async fn times_are_told_in_the_zone_of_the_library() {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let marks = fill(&archive, pixel(), (1280, 720)).await;
    let time_zone = Some("+08:00".to_owned());
    let router = router(archive, Options { time_zone, ..Options::default() }, now);
    let page = ask(&router, &format!("/a/{}", marks.ferry), &[]).await;
    has(page.text(), "5 March 2031, 18:20 UTC+8");
    has(page.text(), "Times in +08:00");
}

#[tokio::test]
async fn a_library_that_fails_says_so_with_a_number() {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let router = router(archive.clone(), Options::default(), now);
    archive.close().await;
    for number in ["1", "2"] {
        let answer = ask(&router, "/", &[]).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        has(answer.text(), "The library could not open this page.");
        has(answer.text(), &format!("<b class=\"num\">{number}</b>"));
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
}
