//! What a page names.

use super::Search;
use crate::discover::choice::Choice;
use crate::discover::found;
use crate::discover::sight::{Sight, View};
use listing::discover::{self, Candidate, Page, Why};
use listing::section::is_one_site;
use news::{Address, Part};

/// How many of the feeds that a page names are looked at.
pub(super) const NAMED_MAX: usize = 4;

/// How many of those that a page about feeds lists.
const LISTED_MAX: usize = 8;

impl Search<'_> {
    /// Looks at the feeds that a page names; those of the section first that was pasted.
    pub(super) async fn read_named(&mut self, page: &Page, at: &Address, pasted: Option<&Address>) {
        let mut named = in_order(page, at, pasted);
        let is_about_feeds = named.iter().any(|feed| feed.why == Why::Listed);
        let most = if is_about_feeds { LISTED_MAX } else { NAMED_MAX };
        let more = named.split_off(named.len().min(most));
        let comments = page.feeds.iter().filter(|feed| feed.why == Why::Comments);
        self.left.extend(more.into_iter().chain(comments).cloned());
        let mut about_feeds = None;
        for feed in named {
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
        self.left.extend(listed.clone().skip(LISTED_MAX).cloned());
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
    pub(super) async fn read_feed_of_section(&mut self, page: &Page, pasted: Option<&Address>) {
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
}

/// Returns the feeds that a page names and that are not of comments, likeliest first; those of
/// other sites only where it names none of its own.
fn in_order<'a>(page: &'a Page, at: &Address, pasted: Option<&Address>) -> Vec<&'a Candidate> {
    let is_own = |feed: &&Candidate| {
        feed.why == Why::Announced || is_one_site(feed.address.host(), at.host())
    };
    let is_of_section = |feed: &Candidate| {
        pasted.is_some_and(|page| found::is_address_of_section(&feed.address, page))
    };
    let mut named: Vec<&Candidate> =
        page.feeds.iter().filter(|feed| feed.why != Why::Comments).collect();
    if named.iter().any(is_own) {
        named.retain(is_own);
    }
    named.sort_by_key(|feed| (!is_of_section(feed), feed.why));
    named
}
