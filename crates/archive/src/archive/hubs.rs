//! Subscriptions at hubs, and what hubs bring.

use super::Archive;
use crate::error::Error;
use crate::nouns::*;
use crate::{captures, pushes, subscriptions};
use news::{Address, Timestamp};

/// Subscriptions.
impl Archive {
    /// Returns all that are not ended.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        subscriptions::all(&mut *self.reader().await?).await
    }

    /// Finds the one that a hub knows by this token, ended or not.
    pub async fn find_subscription(&self, token: &str) -> Result<Option<Subscription>, Error> {
        subscriptions::find(&mut *self.reader().await?, token).await
    }

    /// Finds the one of a listing that is not ended.
    pub async fn subscription_of(&self, listing: i64) -> Result<Option<Subscription>, Error> {
        subscriptions::of_listing(&mut *self.reader().await?, listing).await
    }

    /// Returns those that something is to be done about, the longest waiting first.
    pub async fn subscriptions_due(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Subscription>, Error> {
        subscriptions::due(&mut *self.reader().await?, now, limit).await
    }

    pub async fn next_subscription_due(&self) -> Result<Option<Timestamp>, Error> {
        subscriptions::next_due(&mut *self.reader().await?).await
    }

    /// Keeps the hubs that a listing names; what is agreed with none of them is ended.
    ///
    /// `token` and `secret` are for the subscription that may come of it.
    pub async fn name_hubs(
        &self,
        listing: i64,
        hubs: &[Address],
        topic: &str,
        (token, secret): (String, String),
        now: Timestamp,
    ) -> Result<(), Error> {
        let (hubs, topic) = (hubs.to_vec(), topic.to_owned());
        let news = self.write(move |connection, _| {
            Box::pin(async move {
                let words = (&*token, &*secret);
                subscriptions::name(connection, listing, &hubs, &topic, words, now).await
            })
        });
        if news.await? {
            self.inner.rope.pull();
        }
        Ok(())
    }

    /// Keeps that a hub is about to be asked: only then may it be, for it may answer at once.
    pub async fn ask_hub(&self, id: i64, asking: &Asking) -> Result<(), Error> {
        let asking = asking.clone();
        self.write(move |connection, _| {
            Box::pin(async move { subscriptions::ask(connection, id, &asking).await })
        })
        .await
    }

    /// Keeps why a hub could not be asked, unless it has agreed since it was `asked`.
    pub async fn keep_hub_failure(
        &self,
        id: i64,
        asked: Timestamp,
        why: &str,
        due: Timestamp,
    ) -> Result<(), Error> {
        let why = why.to_owned();
        self.write(move |connection, _| {
            Box::pin(async move { subscriptions::fail(connection, id, asked, &why, due).await })
        })
        .await
    }

    /// Keeps that a hub agrees until a time, and when to ask it to go on.
    pub async fn hold_subscription(
        &self,
        id: i64,
        until: Timestamp,
        renew: Timestamp,
    ) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(subscriptions::hold(connection, id, until, renew)))
            .await
    }

    /// Keeps that a hub does not agree, and why.
    pub async fn refuse_subscription(
        &self,
        id: i64,
        why: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let why = why.to_owned();
        self.write(move |connection, _| {
            Box::pin(async move { subscriptions::refuse(connection, id, &why, now).await })
        })
        .await
    }

    pub async fn rest_subscription(&self, id: i64, until: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(subscriptions::rest(connection, id, until))).await
    }

    /// Ends one; its hub is still to be told.
    pub async fn end_subscription(&self, id: i64, now: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(subscriptions::end(connection, id, now))).await?;
        self.inner.rope.pull();
        Ok(())
    }

    /// Keeps that a hub knows of the end; it is forgotten when it is `due`.
    pub async fn let_subscription_go(&self, id: i64, due: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(subscriptions::let_go(connection, id, due))).await
    }

    pub async fn forget_subscription(&self, id: i64) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(subscriptions::forget(connection, id))).await
    }

    /// Makes due again what hubs were told another address of ours for than one below `base`.
    pub async fn recall_subscriptions(&self, base: &str, now: Timestamp) -> Result<(), Error> {
        let base = base.to_owned();
        self.write(move |connection, _| {
            Box::pin(async move { subscriptions::recall(connection, &base, now).await })
        })
        .await
    }
}

/// Pushes.
impl Archive {
    /// Keeps what a hub brought and makes its listing due at once.
    pub async fn keep_push(&self, push: Push) -> Result<(), Error> {
        let writing = self.writing()?;
        let address = pushes::listing(&mut *self.reader().await?, &push).await?;
        let prepared = captures::prepare_push(&writing.lookups, &writing.serial, push, address);
        let (exchanges, push) = prepared.await?;
        self.write_with(exchanges, move |connection, capture| {
            Box::pin(async move { pushes::keep(connection, &push, capture).await })
        })
        .await?;
        self.inner.rope.pull();
        Ok(())
    }

    /// Returns the oldest that hubs brought for a listing and nobody has read yet.
    pub async fn waiting_push(&self, listing: i64) -> Result<Option<WaitingPush>, Error> {
        let mut reader = self.reader().await?;
        pushes::waiting(&mut reader, &self.inner.folder, listing).await
    }

    /// Keeps the entries that were read in a push, and that it was read.
    pub async fn keep_pushed(&self, visit: PushVisit) -> Result<ListingKept, Error> {
        self.write(move |connection, _| {
            Box::pin(async move { pushes::read(connection, &visit).await })
        })
        .await
    }
}
