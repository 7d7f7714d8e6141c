//! A look around on one site, with few requests: what it names before what it may have.

use super::choice::{Choice, Kind};
use super::found::{self, Found};
use super::sight::{Sight, View};
use super::sitemap;
use super::visit::{self, How, Miss};
use super::{HELPS, Offer};
use crate::shop::Shop;
use fetch::Client;
use listing::discover::{self, Candidate, Page, Why};
use listing::section::is_one_site;
use news::{Address, Form, Part};

/// How many requests a look around may cost, robots.txt apart.
const REQUESTS_MAX: usize = 16;

/// How many of the feeds that a page names are looked at.
const NAMED_MAX: usize = 4;

/// How many of those that a page about feeds lists.
const LISTED_MAX: usize = 8;

/// How many feeds of comments are shown.
const COMMENTS_MAX: usize = 2;

/// How many usual places are asked for a feed before it is looked for something else.
const PLACES_MAX: usize = 4;

/// How often a page is left for another that it points to.
const TURNS_MAX: usize = 2;

/// How many sitemaps are looked at that robots.txt names.
const SITEMAPS_MAX: usize = 3;

/// What has been asked for and what has been found of one site.
pub struct Search<'a> {
    client: &'a Client,
    shop: &'a Shop,
    /// What the addresses that were asked for are known by, with their schemes left out.
    seen: Vec<String>,
    choices: Vec<Choice>,
    /// The feeds of comments that are named; not asked for as long as there is something else.
    comments: Vec<Candidate>,
}

impl<'a> Search<'a> {
    pub fn new(client: &'a Client, shop: &'a Shop) -> Search<'a> {
        Search { client, shop, seen: Vec::new(), choices: Vec::new(), comments: Vec::new() }
    }

    /// Looks around from an address. The outer error says that nobody was there, the inner one
    /// that somebody was and has nothing to follow.
    pub async fn look(mut self, address: &Address) -> Result<Result<Offer, String>, Miss> {
        match self.get(address).await {
            Ok(Sight::Listing(choice, parts)) => {
                let choice = self.with_newest_part(*choice, parts).await;
                let site = found::site_of(&choice).origin();
                self.choices.push(choice);
                Ok(Ok(Offer::Listings(Box::new(self.found(site, None).await))))
            }
            Ok(Sight::Subscriptions(opml)) => Ok(Ok(Offer::Subscriptions(opml))),
            Ok(Sight::Page(view)) => {
                let found = self.around(address, *view).await;
                Ok(found.map(|found| Offer::Listings(Box::new(found))))
            }
            Err(miss) if miss.how == How::NotHere => self.beyond(address, miss).await,
            Err(miss) => Err(miss),
        }
    }

    /// Looks at one address and nothing else.
    pub async fn choice(mut self, address: &Address, may_be_page: bool) -> Result<Choice, String> {
        match self.get(address).await.map_err(|miss| miss.why)? {
            Sight::Listing(choice, parts) => Ok(self.with_newest_part(*choice, parts).await),
            Sight::Page(view) => {
                let section = view.section.filter(|_| may_be_page);
                section.ok_or_else(|| format!("{address}: {}", view.why))
            }
            Sight::Subscriptions(_) => {
                Err(format!("{address}: it is a list of subscriptions (OPML)"))
            }
        }
    }

    /// Finds what the site has whose page was typed.
    async fn around(mut self, typed: &Address, view: View) -> Result<Found, String> {
        let why = view.why.clone();
        self.choices.extend(view.section.clone());
        let view = self.turned(view).await;
        let site = view.address.origin();
        let is_whole = view.address.identity() == site.identity();
        let pasted = (!is_whole && !view.page.is_article).then(|| view.address.clone());

        self.read_named(&view.page, &view.address, pasted.as_ref()).await;
        self.read_feed_of_section(&view.page, pasted.as_ref()).await;
        let mut page = view.page;
        if !is_whole && !self.has(Choice::is_good_feed) {
            page = self.read_front(&site, page).await;
        }
        self.read_rest(&page, &view.address).await;
        if self.choices.is_empty() {
            return Err(format!("{typed}: {why}, and {site} names no feed; {HELPS}"));
        }
        Ok(self.found(site, pasted.as_ref()).await)
    }

    /// Looks for what a site has whose address was typed in vain.
    async fn beyond(
        mut self,
        address: &Address,
        miss: Miss,
    ) -> Result<Result<Offer, String>, Miss> {
        let site = address.origin();
        let mut page = Page::default();
        if site.identity() != address.identity() {
            page = self.read_front(&site, page).await;
        }
        self.read_rest(&page, &site).await;
        if self.choices.is_empty() {
            return Err(miss);
        }
        let remark = format!("{}; this is what {site} has", miss.why);
        let found = self.found(site, None).await.with_remark(Some(remark));
        Ok(Ok(Offer::Listings(Box::new(found))))
    }

    /// Goes where a page without feeds points to: a refresh, its frame, its canonical form.
    async fn turned(&mut self, mut view: View) -> View {
        for _ in 0..TURNS_MAX {
            let names_feed = view.page.feeds.iter().any(|feed| feed.why != Why::Comments);
            let canonical = view.page.canonical.as_ref();
            let canonical = canonical.filter(|to| is_one_site(to.host(), view.address.host()));
            let Some(to) = view.page.onward.as_ref().or(canonical).filter(|_| !names_feed) else {
                return view;
            };
            match self.get_unseen(&to.clone()).await {
                Some(Sight::Page(next)) => {
                    self.choices.extend(next.section.clone());
                    view = *next;
                }
                Some(Sight::Listing(choice, parts)) => {
                    let choice = self.with_newest_part(*choice, parts).await;
                    self.choices.push(choice);
                    return view;
                }
                Some(Sight::Subscriptions(_)) | None => return view,
            }
        }
        view
    }

    /// Looks at the feeds that a page names; those of the section first that was pasted.
    async fn read_named(&mut self, page: &Page, at: &Address, pasted: Option<&Address>) {
        let (comments, mut named): (Vec<&Candidate>, Vec<&Candidate>) =
            page.feeds.iter().partition(|feed| feed.why == Why::Comments);
        self.comments.extend(comments.into_iter().cloned());
        let is_of_section = |feed: &Candidate| {
            pasted.is_some_and(|page| found::is_address_of_section(&feed.address, page))
        };
        named.sort_by_key(|feed| (!is_of_section(feed), feed.why));
        let is_about_feeds = named.iter().any(|feed| feed.why == Why::Listed);
        let most = if is_about_feeds { LISTED_MAX } else { NAMED_MAX };
        let mut about_feeds = None;
        for feed in named.into_iter().take(most) {
            match self.get_unseen(&feed.address).await {
                Some(Sight::Listing(choice, parts)) => {
                    self.take_named(*choice, parts, feed.why, at).await
                }
                Some(Sight::Page(view)) => about_feeds = about_feeds.or(Some(view)),
                Some(Sight::Subscriptions(_)) | None => {}
            }
        }
        if let Some(view) = about_feeds.filter(|_| !self.has(Choice::is_good_feed)) {
            self.read_listed(&view).await;
        }
    }

    /// Looks at the feeds that are named by a page which was named as a feed.
    async fn read_listed(&mut self, view: &View) {
        let listed = view.page.feeds.iter().filter(|feed| feed.why != Why::Comments);
        for feed in listed.take(LISTED_MAX) {
            if let Some(Sight::Listing(choice, parts)) = self.get_unseen(&feed.address).await {
                self.take_named(*choice, parts, feed.why, &view.address).await;
            }
        }
    }

    /// Takes a feed that a page names; one of another site only where the head says that it is
    /// this site's.
    async fn take_named(&mut self, choice: Choice, parts: Vec<Part>, why: Why, at: &Address) {
        if why == Why::Announced || found::is_of_site(&choice, at) {
            let choice = self.with_newest_part(choice, parts).await;
            self.choices.push(choice);
        }
    }

    /// Asks for the feed of a section where its content system keeps one, if the page names only
    /// those of the whole site.
    async fn read_feed_of_section(&mut self, page: &Page, pasted: Option<&Address>) {
        let Some(at) = pasted else {
            return;
        };
        let is_of_section = |choice: &Choice| found::is_of_section(choice, at);
        if page.system.is_none()
            || self.choices.iter().any(|it| it.is_good_feed() && is_of_section(it))
        {
            return;
        }
        let place = discover::feeds(page, at).into_iter().next();
        if let Some(place) = place.filter(|place| found::is_address_of_section(place, at)) {
            self.read_place(&place).await;
        }
    }

    /// Looks at a site's front page; returns what it says, or what the other page said.
    async fn read_front(&mut self, site: &Address, other: Page) -> Page {
        let Some(Sight::Page(front)) = self.get_unseen(site).await else {
            return other;
        };
        self.choices.extend(front.section.clone());
        self.read_named(&front.page, &front.address, None).await;
        let system = front.page.system.or(other.system);
        Page { system, is_article: other.is_article, ..front.page }
    }

    /// Looks where no page pointed to, as far as that is needed: the sitemaps that robots.txt
    /// names are sure to be there, the usual places are guesses.
    async fn read_rest(&mut self, page: &Page, at: &Address) {
        let named = self.client.sitemaps(at).await;
        let (news, other): (Vec<Address>, Vec<Address>) =
            named.into_iter().partition(sitemap::names_news);
        let most = if self.has(Choice::is_good_feed) { 1 } else { SITEMAPS_MAX };
        self.read_until(Choice::is_news_sitemap, &news[..news.len().min(most)]).await;

        let places = discover::feeds(page, at);
        let (likely, rest) = places.split_at(places.len().min(PLACES_MAX));
        self.read_until(Choice::is_good_feed, likely).await;
        if !self.has(Choice::is_good_feed) {
            self.read_until(Choice::is_news_sitemap, &other[..other.len().min(SITEMAPS_MAX)]).await;
            let usual = discover::news_sitemaps(page, at);
            self.read_until(Choice::is_news_sitemap, &usual).await;
        }
        self.read_until(Choice::has_entries, rest).await;
        self.read_until(Choice::has_entries, &discover::sitemaps(at)).await;
        let comments: Vec<Address> = self.comments.iter().map(|it| it.address.clone()).collect();
        self.read_until(Choice::has_entries, &comments).await;
    }

    /// Looks at one place after the other until there is something of the kind that is wanted.
    async fn read_until(&mut self, wanted: fn(&Choice) -> bool, places: &[Address]) {
        for place in places {
            if self.has(wanted) {
                return;
            }
            self.read_place(place).await;
        }
    }

    /// Takes what lies at a place, if it is a listing.
    async fn read_place(&mut self, place: &Address) {
        if let Some(Sight::Listing(choice, parts)) = self.get_unseen(place).await {
            let choice = self.with_newest_part(*choice, parts).await;
            self.choices.push(choice);
        }
    }

    /// Shows of an index what its newest part has; a part of news stands for itself.
    async fn with_newest_part(&mut self, index: Choice, parts: Vec<Part>) -> Choice {
        if index.form != Form::SitemapIndex {
            return index;
        }
        let Some(part) = sitemap::newest(&parts) else {
            return index;
        };
        let Some(Sight::Listing(newest, _)) = self.get_unseen(&part.address).await else {
            return index;
        };
        if sitemap::names_news(&part.address) && newest.kind == Kind::Articles {
            return *newest;
        }
        Choice { address: index.address, form: index.form, title: index.title, ..*newest }
    }

    async fn named_news_sitemaps(&self, at: &Address) -> Vec<Address> {
        let named = self.client.sitemaps(at).await.into_iter();
        named.filter(sitemap::names_news).collect()
    }

    fn has(&self, wanted: fn(&Choice) -> bool) -> bool {
        self.choices.iter().any(wanted)
    }

    async fn found(mut self, site: Address, pasted: Option<&Address>) -> Found {
        let comments =
            self.comments.iter().filter(|feed| !self.seen.contains(&feed.address.identity()));
        let comments = comments.map(|feed| Choice {
            title: feed.title.clone(),
            kind: Kind::Comments,
            ..Choice::unread(feed.address.clone(), "it is of comments")
        });
        self.choices.extend(comments.take(COMMENTS_MAX).collect::<Vec<_>>());
        let news_sitemaps = self.named_news_sitemaps(&site).await;
        Found::new(site, pasted, self.choices).with_news_sitemaps(news_sitemaps)
    }

    /// Asks for an address unless that was done, or enough was asked.
    async fn get_unseen(&mut self, address: &Address) -> Option<Sight> {
        let is_seen = self.seen.contains(&address.identity());
        if is_seen || self.seen.len() >= REQUESTS_MAX {
            return None;
        }
        self.get(address).await.ok()
    }

    async fn get(&mut self, address: &Address) -> Result<Sight, Miss> {
        self.seen.push(address.identity());
        let capture = visit::get(self.client, address).await?;
        if capture.address != *address {
            self.seen.push(capture.address.identity());
        }
        let broke_down = || Miss {
            address: address.clone(),
            why: format!("{address}: reading this broke down; please report it"),
            how: How::NotHere,
        };
        self.shop.cpu(move || Sight::read(&capture)).await.ok_or_else(broke_down)
    }
}
