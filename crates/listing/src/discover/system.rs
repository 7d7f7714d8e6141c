//! Content systems that hundreds of sites use, what betrays them, and where they keep their feeds.

use crate::names;
use html::{NodeId, Tree};

/// A family of sites that are made by one program.
#[derive(Debug, PartialEq, Eq)]
pub struct System {
    /// How `<meta name=generator>` begins, in lower case.
    generators: &'static [&'static str],
    /// What stands in the addresses of its scripts, styles and pictures.
    marks: &'static [&'static str],
    /// The `id` of an element that every page of it has.
    ids: &'static [&'static str],
    /// Where it keeps its feeds, likeliest first; `{path}` is the path of the page.
    pub(super) feeds: &'static [&'static str],
    pub(super) news_sitemaps: &'static [&'static str],
}

impl System {
    /// Returns the system that made a page, if the page betrays it.
    pub(super) fn betrayed(tree: &Tree) -> Option<&'static System> {
        let mut by_mark = None;
        for id in tree.descendants(tree.root()) {
            let Some(name) = tree.name(id) else {
                continue;
            };
            if let Some(system) = by_generator(tree, id, name) {
                return Some(system);
            }
            by_mark = by_mark.or_else(|| betrayed_by(tree, id, name));
        }
        by_mark
    }
}

fn by_generator(tree: &Tree, id: NodeId, name: &str) -> Option<&'static System> {
    let is_generator = name == "meta"
        && tree.attr(id, "name").is_some_and(|name| name.eq_ignore_ascii_case("generator"));
    if !is_generator {
        return None;
    }
    let told = names::folded(tree.attr(id, "content")?);
    let made = |system: &&System| system.generators.iter().any(|name| told.starts_with(name));
    SYSTEMS.iter().find(made)
}

fn betrayed_by(tree: &Tree, id: NodeId, name: &str) -> Option<&'static System> {
    let address = match name {
        "script" | "img" => tree.attr(id, "src"),
        "link" => tree.attr(id, "href"),
        _ => None,
    };
    let (address, id) = (address.unwrap_or_default(), tree.attr(id, "id").unwrap_or_default());
    SYSTEMS.iter().find(|system| {
        system.marks.iter().any(|mark| address.contains(mark)) || system.ids.contains(&id)
    })
}

const NONE: System =
    System { generators: &[], marks: &[], ids: &[], feeds: &[], news_sitemaps: &[] };

const SYSTEMS: &[System] = &[
    System {
        generators: &["wordpress"],
        marks: &["/wp-content/", "/wp-includes/", "/wp-json/"],
        feeds: &["{path}/feed/"],
        ..NONE
    },
    System {
        generators: &["drupal"],
        marks: &["/sites/default/files/", "/sites/all/", "/core/misc/drupal"],
        feeds: &["/rss.xml"],
        ..NONE
    },
    System {
        generators: &["joomla"],
        marks: &["/media/jui/", "/components/com_content/", "/media/system/js/"],
        feeds: &["{path}?format=feed&type=rss"],
        ..NONE
    },
    System {
        generators: &["ghost"],
        marks: &["/ghost/api/", "/ghost/portal", "/ghost/sodo-search"],
        feeds: &["{path}/rss/"],
        ..NONE
    },
    System {
        generators: &["blogger"],
        marks: &["www.blogger.com/static/", "www.blogblog.com/"],
        feeds: &["/feeds/posts/default"],
        ..NONE
    },
    System {
        marks: &["cdn-client.medium.com/", "cdn-static-1.medium.com/"],
        feeds: &["/feed{path}"],
        ..NONE
    },
    System { marks: &["substackcdn.com/"], feeds: &["/feed"], ..NONE },
    System {
        marks: &["/pf/resources/", "/pf/dist/", "/pf/api/", "arcpublishing.com/"],
        feeds: &["/arc/outboundfeeds/rss/?outputType=xml"],
        news_sitemaps: &["/arc/outboundfeeds/news-sitemap/?outputType=xml"],
        ..NONE
    },
    System {
        generators: &["blox"],
        marks: &["bloximages."],
        feeds: &["/search/?f=rss&t=article&l=50&s=start_time&sd=desc"],
        news_sitemaps: &["/tncms/sitemap/news.xml"],
        ..NONE
    },
    System {
        generators: &["squarespace"],
        marks: &["static1.squarespace.com/", "assets.squarespace.com/"],
        feeds: &["{path}?format=rss", "/blog?format=rss", "/news?format=rss"],
        ..NONE
    },
    System {
        generators: &["wix.com"],
        marks: &["static.wixstatic.com/", "static.parastorage.com/"],
        feeds: &["/blog-feed.xml"],
        ..NONE
    },
    System {
        generators: &["webflow"],
        marks: &["website-files.com/"],
        feeds: &["{path}/rss.xml", "/blog/rss.xml", "/news/rss.xml"],
        ..NONE
    },
    System { marks: &["editmysite.com/"], feeds: &["/blog/feed", "/1/feed"], ..NONE },
    System { marks: &["cdn.shopify.com/"], feeds: &["{path}.atom", "/blogs/news.atom"], ..NONE },
    System { marks: &["assets.tumblr.com/", "static.tumblr.com/"], feeds: &["/rss"], ..NONE },
    System { generators: &["hugo"], feeds: &["{path}/index.xml"], ..NONE },
    System { generators: &["jekyll"], feeds: &["/feed.xml", "/atom.xml"], ..NONE },
    System { generators: &["hexo"], feeds: &["/atom.xml", "/rss2.xml"], ..NONE },
    System { generators: &["pelican"], feeds: &["/feeds/all.atom.xml"], ..NONE },
    System { generators: &["gatsby", "astro", "halo"], feeds: &["/rss.xml"], ..NONE },
    System { generators: &["eleventy"], feeds: &["/feed.xml", "/feed/feed.xml"], ..NONE },
    System { generators: &["discourse"], feeds: &["{path}.rss", "/latest.rss"], ..NONE },
    System { generators: &["mastodon"], ids: &["mastodon"], feeds: &["{path}.rss"], ..NONE },
    System { generators: &["writefreely", "write freely"], feeds: &["{path}/feed/"], ..NONE },
    System {
        generators: &["typo3"],
        marks: &["/typo3temp/", "/typo3conf/"],
        feeds: &["/rss.xml", "/?type=9818", "/?type=100"],
        ..NONE
    },
    System { generators: &["spip"], feeds: &["/spip.php?page=backend"], ..NONE },
    System { generators: &["plone"], feeds: &["{path}/RSS"], ..NONE },
    System {
        generators: &["movable type", "typepad"],
        feeds: &["/atom.xml", "/index.xml"],
        ..NONE
    },
    System { generators: &["textpattern"], feeds: &["/rss/"], ..NONE },
    System { generators: &["dotclear"], feeds: &["/feed/atom", "/feed/rss2"], ..NONE },
    System { generators: &["serendipity"], feeds: &["/feeds/index.rss2"], ..NONE },
    System { generators: &["typecho"], feeds: &["/feed/"], ..NONE },
    System { generators: &["z-blog"], feeds: &["/feed.php"], ..NONE },
    System { generators: &["discuz"], feeds: &["/forum.php?mod=rss"], ..NONE },
    System { generators: &["vbulletin"], feeds: &["/external.php?type=RSS2"], ..NONE },
    System {
        generators: &["datalife engine"],
        marks: &["/engine/classes/"],
        feeds: &["/rss.xml", "/engine/rss.php"],
        ..NONE
    },
    System { generators: &["ucoz"], feeds: &["/news/rss/"], ..NONE },
    System { marks: &["/bitrix/"], feeds: &["/rss/", "/news/rss/"], ..NONE },
    System { marks: &["/styles/prosilver/"], feeds: &["/feed.php", "/app.php/feed"], ..NONE },
];
