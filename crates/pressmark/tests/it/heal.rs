//! A listing breaks; something else is followed in its place, and it is told.

use super::program::{Library, Told};
use super::site::{Page, Site};
use serde_json::Value;

const WORDS: [&str; 3] = [
    "The harbour office has a new clock, which is four minutes ahead of the church, as the old \
     one was, so that nobody need learn anything.",
    "It was carried up the stairs by six men and a boy, who was let to wind it. He is the first \
     of his family to have been paid by the harbour.",
    "The hands are of larch and will be tarred every spring, before the herring.",
];

/// A site that names one feed; two of its three articles are in it.
fn quay() -> Site {
    let site = Site::start();
    front(&site, "/feed.xml");
    site.put_feed("/feed.xml", &[("/clock", "A clock", ""), ("/stairs", "The stairs", "")]);
    for (path, headline) in [("/clock", "A clock"), ("/stairs", "The stairs"), ("/tar", "Tar")] {
        site.put_article(path, headline, &WORDS, "/none.jpg");
    }
    site
}

fn front(site: &Site, feed: &str) {
    let page = format!("<link rel=alternate type=application/rss+xml href={feed}>");
    site.put("/", Page::new("text/html", page));
}

/// The quay, followed and fetched once.
fn followed() -> (Site, Library) {
    let site = quay();
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", "--name", "quay", &site.address("/")]);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 2);
    (site, library)
}

/// The site moves its feed and tells so on its front page alone.
fn move_feed(site: &Site) {
    front(site, "/news/atom.xml");
    site.put_feed("/news/atom.xml", &[("/tar", "Tar", ""), ("/clock", "A clock", "")]);
}

fn state(library: &Library) -> Value {
    library.rows(&["sources"]).remove(0)
}

fn fetch(library: &Library) -> Told {
    library.run(&["fetch"])
}

#[test]
fn a_listing_that_is_gone_is_replaced_by_the_one_that_the_site_names_now() {
    let (site, library) = followed();
    site.put("/feed.xml", Page::status(404));
    move_feed(&site);
    for _ in 0..2 {
        assert_eq!(fetch(&library).code, 1, "it may come back");
    }
    assert_eq!(state(&library)["state"], "failing");
    assert_eq!(state(&library)["fix"], "pressmark heal quay");
    let told = fetch(&library);
    assert_eq!(told.code, 0, "{told:#?}");
    assert!(told.err.contains("1 listing replaced"), "{told:#?}");
    assert_eq!(library.marks().len(), 3, "and what it names is kept, nothing twice");
    let told = state(&library);
    assert_eq!(told["state"], "well", "{told:#}");
    assert!(told["healed"].as_str().unwrap().contains("/news/atom.xml"), "{told:#}");
    assert!(library.well(&["sources"]).out.contains("in place of"));
}

#[test]
fn a_page_in_the_place_of_a_feed_is_noticed_and_healed_on_demand() {
    let (site, library) = followed();
    site.put("/feed.xml", Page::new("text/html", "<title>Welcome</title><p>Our new site."));
    assert_eq!(fetch(&library).code, 1);
    let doctor = library.well(&["doctor"]).out;
    assert!(doctor.contains("quay: failing since"), "{doctor}");
    assert!(doctor.contains("fix: pressmark heal quay"), "{doctor}");
    let told = library.run(&["heal", "quay"]);
    assert_eq!(told.code, 1, "{told:#?}");
    assert!(told.err.contains("names nothing that could stand in"), "{told:#?}");
    move_feed(&site);
    let told = library.well(&["heal"]);
    assert!(told.out.contains("/news/atom.xml is followed in place of"), "{told:#?}");
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 3);
}

#[test]
fn the_warning_goes_when_the_listing_is_back() {
    let (site, library) = followed();
    site.put("/feed.xml", Page::status(410));
    move_feed(&site);
    assert_eq!(fetch(&library).code, 0, "gone for good is believed at once");
    assert!(library.well(&["sources"]).out.contains("in place of"));
    assert!(!library.well(&["doctor"]).out.contains("failing"));

    let (site, library) = followed();
    site.put("/feed.xml", Page::status(404));
    move_feed(&site);
    let told = library.well(&["heal", "quay"]);
    assert!(told.err.contains("does well"), "{told:#?}");
    assert_eq!(fetch(&library).code, 1);
    let asked = |told: Value| {
        let days = told["days"].as_array().expect("seven days").clone();
        days.iter().filter_map(|day| day["requests"].as_u64()).sum::<u64>()
    };
    let (before, seen) = (asked(state(&library)), site.seen().len() as u64);
    library.well(&["heal", "quay"]);
    let sent = site.seen().len() as u64 - seen - 1;
    assert_eq!(asked(state(&library)) - before, sent, "looking is counted, robots.txt is not");
    library.well(&["fetch"]);
    site.put_feed("/feed.xml", &[("/tar", "Tar", ""), ("/clock", "A clock", "")]);
    library.well(&["fetch"]);
    let told = state(&library);
    assert_eq!((&told["state"], &told["healed"]), (&"well".into(), &Value::Null), "{told:#}");
    assert_eq!(told["listings"][1]["role"], "spare", "{told:#}");
    assert_eq!(library.marks().len(), 3);
}

#[test]
fn a_days_budget_is_kept_and_told() {
    let site = quay();
    let library = Library::new(&[&site.host]);
    let config = library.folder().join("pressmark.toml");
    let text = std::fs::read_to_string(&config).expect("the configuration");
    let text = text.replace("[fetch]\n", "[fetch]\nrequests_a_day = 2\n");
    std::fs::write(&config, text).expect("written");
    library.well(&["add", "--yes", "--name", "quay", &site.address("/")]);
    let told = library.well(&["fetch"]);
    assert!(told.err.contains("1 source goes on tomorrow"), "{told:#?}");
    assert_eq!(library.marks().len(), 1, "the listing and one page");
    let told = state(&library);
    assert_eq!(told["state"], "slow", "{told:#}");
    assert!(told["why"].as_str().unwrap().contains("tomorrow"), "{told:#}");
    assert!(told["fix"].as_str().unwrap().contains("requests_a_day"), "{told:#}");
    let reader = library.serve();
    assert!(reader.get("/sources").1.contains("the rest comes tomorrow"));
}

#[test]
fn a_sitemap_tells_what_a_short_feed_left_out() {
    let site = quay();
    // Whatever is older than two days may be left out of it.
    let now = news::Timestamp::now();
    let page = |path: &str| {
        format!(
            "<url><loc>{}</loc><news:news><news:title>T</news:title><news:publication_date>\
             {now}</news:publication_date></news:news></url>",
            site.address(path)
        )
    };
    let all: String = ["/clock", "/stairs", "/tar"].map(page).concat();
    let sitemap = format!(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{all}</urlset>"
    );
    site.put("/news-sitemap.xml", Page::new("application/xml", sitemap));
    let robots = format!("User-agent: *\nSitemap: {}\n", site.address("/news-sitemap.xml"));
    site.put("/robots.txt", Page::new("text/plain", robots));
    site.put_feed("/feed.xml", &[("/clock", "A clock", "")]);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", "--name", "quay", &site.address("/")]);
    library.well(&["fetch"]);
    let roles = state(&library)["listings"].clone();
    assert!(roles.as_array().unwrap().iter().any(|l| l["role"] == "witness"), "{roles:#}");
    assert_eq!(library.marks().len(), 1);
    site.put_feed("/feed.xml", &[("/tar", "Tar", "")]);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 3, "nothing of the last feed was left in the new one");
}

#[test]
fn what_was_only_a_spare_can_be_followed_for_itself() {
    let site = quay();
    let page = "<link rel=alternate type=application/rss+xml title=News href=/feed.xml>\
                <link rel=alternate type=application/rss+xml title=Sport href=/sport.xml>";
    site.put("/", Page::new("text/html", page));
    site.put_feed("/sport.xml", &[("/tar", "Tar", "")]);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", "--name", "quay", &site.address("/")]);
    let rows = state(&library)["listings"].clone();
    assert!(rows.as_array().unwrap().iter().any(|l| l["role"] == "spare"), "{rows:#}");
    let other = match rows[0]["address"].as_str().unwrap().ends_with("/feed.xml") {
        true => "/sport.xml",
        false => "/feed.xml",
    };
    library.well(&["add", "--yes", "--name", "other", &site.address(other)]);
    assert_eq!(library.rows(&["sources"]).len(), 2);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 3);
}
