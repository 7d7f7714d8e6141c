//! What nobody pointed to.

use super::Search;
use super::named::NAMED_MAX;
use crate::discover::choice::Choice;
use crate::discover::sitemap;
use listing::discover::{self, Page, Why};
use news::Address;

/// How many usual places are asked for a feed before it is looked for something else.
const PLACES_MAX: usize = 4;

/// How many sitemaps are looked at that robots.txt names.
const SITEMAPS_MAX: usize = 3;

impl Search<'_> {
    /// Looks where no page pointed to, as far as that is needed: the sitemaps that robots.txt
    /// names are sure to be there, the usual places are guesses.
    pub(super) async fn read_rest(&mut self, page: &Page, at: &Address) {
        let named = self.client.sitemaps(at).await;
        let (news, other): (Vec<Address>, Vec<Address>) =
            named.into_iter().partition(sitemap::names_news);
        let most = if self.has(Choice::is_good_feed) { 1 } else { SITEMAPS_MAX };
        self.read_until(Choice::is_news_sitemap, &news[..news.len().min(most)]).await;

        self.read_until(Choice::is_good_feed, &self.left_over(false)).await;
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
        self.read_until(Choice::has_entries, &self.left_over(true)).await;
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

    /// Returns what is named and was not asked for: feeds of comments, or others, a few.
    fn left_over(&self, of_comments: bool) -> Vec<Address> {
        let left = self.left.iter().filter(|feed| (feed.why == Why::Comments) == of_comments);
        left.map(|feed| feed.address.clone()).take(NAMED_MAX).collect()
    }
}
