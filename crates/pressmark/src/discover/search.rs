//! A look around on one site, with few requests: what it names before what it may have.

mod named;
mod rest;

use super::Offer;
use super::choice::{Choice, Kind};
use super::found::{self, Found};
use super::sight::{Sight, View};
use super::sitemap;
use super::visit::{self, How, Miss};
use crate::shop::Shop;
use fetch::Client;
use listing::discover::{Candidate, Page, Why};
use listing::section::is_one_site;
use news::{Address, Form, Part};

/// How many requests a look around may cost, robots.txt apart.
const REQUESTS_MAX: usize = 16;

/// How many feeds are shown that were not asked for.
const LEFT_MAX: usize = 32;

/// How often a page is left for another that it points to.
const TURNS_MAX: usize = 2;

/// What has been asked for and what has been found of one site.
pub struct Search<'a> {
    client: &'a Client,
    shop: &'a Shop,
    /// What the addresses that were asked for are known by, with their schemes left out.
    seen: Vec<String>,
    choices: Vec<Choice>,
    /// What is named and not asked for as long as there is something else: what is more than
    /// enough, and feeds of comments.
    left: Vec<Candidate>,
}

impl<'a> Search<'a> {
    pub fn new(client: &'a Client, shop: &'a Shop) -> Search<'a> {
        Search { client, shop, seen: Vec::new(), choices: Vec::new(), left: Vec::new() }
    }

    /// Looks around from an address.
    pub async fn look(mut self, address: &Address) -> Result<Offer, Miss> {
        match self.get(address).await {
            Ok(Sight::Listing(choice, parts)) => {
                let choice = self.with_newest_part(*choice, parts).await;
                let site = found::site_of(&choice).origin();
                self.choices.push(choice);
                Ok(self.offer(address, site, None).await)
            }
            Ok(Sight::Subscriptions(opml)) => Ok(Offer::Subscriptions(opml)),
            Ok(Sight::Page(view)) => self.around(address, *view).await,
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
    async fn around(mut self, typed: &Address, view: View) -> Result<Offer, Miss> {
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
            let why = format!("{typed}: {why}, and {site} names no feed");
            return Err(Miss { address: typed.clone(), why, how: How::NotHere });
        }
        Ok(self.offer(&view.address, site, pasted.as_ref()).await)
    }

    /// Looks for what a site has whose address was typed in vain.
    async fn beyond(mut self, address: &Address, miss: Miss) -> Result<Offer, Miss> {
        let site = address.origin();
        let is_front = site.identity() == address.identity();
        let mut page = Page::default();
        if !is_front {
            page = self.read_front(&site, page).await;
        }
        self.read_rest(&page, &site).await;
        if self.choices.is_empty() {
            return Err(miss);
        }
        let remark = format!("{}; this is what {site} has", miss.why);
        let found = self.found(address, site, None).await;
        Ok(Offer::Listings(Box::new(found.with_remark((!is_front).then_some(remark)))))
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

    /// Takes what lies at a place, if it is a listing.
    async fn read_place(&mut self, place: &Address) {
        if let Some(Sight::Listing(choice, parts)) = self.get_unseen(place).await {
            let choice = self.with_newest_part(*choice, parts).await;
            self.choices.push(choice);
        }
    }

    /// Shows of an index what its newest part has; a lasting part of news stands for itself.
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
        if newest.kind == Kind::Articles && sitemap::stands_for(&part.address, &index.address) {
            return *newest;
        }
        Choice { address: index.address, form: index.form, title: index.title, ..*newest }
    }

    fn has(&self, wanted: fn(&Choice) -> bool) -> bool {
        self.choices.iter().any(wanted)
    }

    async fn offer(self, at: &Address, site: Address, pasted: Option<&Address>) -> Offer {
        Offer::Listings(Box::new(self.found(at, site, pasted).await))
    }

    async fn found(mut self, at: &Address, site: Address, pasted: Option<&Address>) -> Found {
        let left = self.left.iter().filter(|feed| !self.seen.contains(&feed.address.identity()));
        let left: Vec<Choice> = left.map(unread).take(LEFT_MAX).collect();
        self.choices.extend(left);
        let named = self.client.sitemaps(at).await.into_iter();
        let news_sitemaps = named.filter(sitemap::names_news).collect();
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

/// Returns a feed as a choice that was not asked for.
fn unread(feed: &Candidate) -> Choice {
    let (kind, why) = match feed.why {
        Why::Comments => (Kind::Comments, "it is of comments"),
        _ => (Kind::Articles, "there are many"),
    };
    Choice { title: feed.title.clone(), kind, ..Choice::unread(feed.address.clone(), why) }
}
