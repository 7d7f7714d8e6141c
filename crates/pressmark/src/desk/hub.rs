//! Hubs: where a listing names one, it tells us of news at once (WebSub).
//!
//! A hub is told nothing unless the keeper told the address under which the world reaches this
//! library. The listing is visited all the same, only less often: hubs die in silence.

mod named;
mod step;
mod words;

pub use words::unguessable;

pub use named::Named;

use super::{Desk, rhythm};
use anyhow::Context;
use archive::{Asking, ListingState, Pace, Role, Subscription};
use fetch::{Form, Posted};
use news::{Address, Timestamp};
use std::time::Duration;
use step::Step;

/// For how long a hub is asked, in seconds; what it agrees to may be more or less.
const LEASE_S: i64 = 10 * rhythm::DAY;

/// How many subscriptions are read from the archive at once.
const AT_ONCE: u32 = 16;

/// Keeps every subscription up for ever; whoever calls drops the future to stop.
pub async fn keep_up(desk: &Desk) -> anyhow::Result<()> {
    let Some(base) = base(desk) else {
        return std::future::pending().await;
    };
    desk.archive.recall_subscriptions(&base, desk.now()).await?;
    let mut bell = desk.archive.bell();
    let clock = desk.client.clock();
    loop {
        for subscription in desk.archive.subscriptions_due(desk.now(), AT_ONCE).await? {
            look_after(desk, &base, &subscription).await?;
        }
        let wait = until_next(desk).await?;
        let happens = async {
            tokio::select! {
                () = bell.rings() => {}
                () = clock.pass(wait) => {}
            }
        };
        clock.idle(happens).await;
    }
}

/// Keeps the hubs that a listing names, where they are of use; one that names none any more is
/// told of by nobody, and its subscription ends.
pub async fn note(desk: &Desk, listing: &ListingState, named: Named) -> anyhow::Result<()> {
    if base(desk).is_none() || listing.role != Role::Main {
        return Ok(());
    }
    let known = desk.archive.subscription_of(listing.id).await?;
    if named.hubs.is_empty() {
        return match known {
            Some(known) => Ok(desk.archive.end_subscription(known.id, desk.now()).await?),
            None => Ok(()),
        };
    }
    let topic = named.topic.unwrap_or_else(|| listing.address.to_string());
    if known.is_some_and(|known| known.topic == topic && known.hubs == named.hubs) {
        return Ok(());
    }
    let pair = (unguessable()?, unguessable()?);
    Ok(desk.archive.name_hubs(listing.id, &named.hubs, &topic, pair, desk.now()).await?)
}

/// Returns when to visit a listing that would be visited `next`: later, if a hub tells of it.
pub async fn next_visit(
    desk: &Desk,
    listing: &ListingState,
    pace: &Pace,
    next: Timestamp,
) -> anyhow::Result<Timestamp> {
    if base(desk).is_none() {
        return Ok(next);
    }
    let now = desk.now();
    let told = desk.archive.subscription_of(listing.id).await?;
    let live = told.is_some_and(|subscription| subscription.is_live(now));
    Ok(if live { step::unhurried(next, pace, now) } else { next })
}

/// Returns what every callback of ours begins with, if the keeper told where we are.
fn base(desk: &Desk) -> Option<String> {
    let public = desk.shop.config.serve.public.as_ref()?;
    Some(format!("{}/hub/", public.as_str().trim_end_matches('/')))
}

async fn until_next(desk: &Desk) -> anyhow::Result<Duration> {
    let next = desk.archive.next_subscription_due().await?;
    let wait = next.map(|due| due.duration_since(desk.now()));
    let wait = wait.map(|wait| Duration::try_from(wait).unwrap_or_default());
    Ok(wait.unwrap_or(Duration::MAX).min(desk.client.clock().nap_max()))
}

async fn look_after(desk: &Desk, base: &str, subscription: &Subscription) -> anyhow::Result<()> {
    let (id, now) = (subscription.id, desk.now());
    match step::next(subscription, now) {
        Step::Subscribe(hub) => subscribe(desk, base, subscription, hub).await,
        Step::Unsubscribe => unsubscribe(desk, base, subscription).await,
        Step::End => Ok(desk.archive.end_subscription(id, now).await?),
        Step::Forget => Ok(desk.archive.forget_subscription(id).await?),
        Step::Rest(until) => Ok(desk.archive.rest_subscription(id, until).await?),
    }
}

async fn subscribe(
    desk: &Desk,
    base: &str,
    subscription: &Subscription,
    hub: Address,
) -> anyhow::Result<()> {
    // No hub is told what another one was told.
    let pair = match hub == subscription.hub {
        true => (subscription.token.clone(), subscription.secret.clone()),
        false => (unguessable()?, unguessable()?),
    };
    let asking = asking(base, subscription, hub, pair, desk.now())?;
    let mut form = form(desk, "subscribe", subscription, &asking).await?;
    form.fields.push(("hub.lease_seconds", LEASE_S.to_string()));
    // The Recommendation wants secrets sent over https alone (§5.1). An open hub gets one as well:
    // without it whoever hears of the callback could push, with it only who heard this very form.
    // What an open hub brings for a secure topic is not believed all the same.
    form.fields.push(("hub.secret", asking.secret.clone()));
    ask(desk, subscription, &asking, &form).await
}

async fn unsubscribe(desk: &Desk, base: &str, subscription: &Subscription) -> anyhow::Result<()> {
    let pair = (subscription.token.clone(), subscription.secret.clone());
    let hub = subscription.hub.clone();
    let mut asking = asking(base, subscription, hub, pair, desk.now())?;
    if let Some(callback) = &subscription.callback {
        asking.callback = callback.clone();
    }
    let form = form(desk, "unsubscribe", subscription, &asking).await?;
    ask(desk, subscription, &asking, &form).await
}

fn asking(
    base: &str,
    subscription: &Subscription,
    hub: Address,
    (token, secret): (String, String),
    at: Timestamp,
) -> anyhow::Result<Asking> {
    let callback = Address::read(&format!("{base}{token}")).context("the address for a hub")?;
    let due = step::look_again(subscription, at);
    Ok(Asking { hub, callback, token, secret, at, due })
}

async fn form(
    desk: &Desk,
    mode: &str,
    subscription: &Subscription,
    asking: &Asking,
) -> anyhow::Result<Form> {
    // A stranger's feed may name any hub: that one of ours is trusted does not make it ours to ask.
    let named_by = match subscription.listing {
        Some(listing) => desk.archive.listing(listing).await?.map(|listing| listing.address),
        None => None,
    };
    let fields = vec![
        ("hub.mode", mode.to_owned()),
        ("hub.topic", subscription.topic.clone()),
        ("hub.callback", asking.callback.to_string()),
    ];
    Ok(Form { address: asking.hub.clone(), named_by, fields })
}

/// Asks a hub. That it is asked is kept first: many a hub calls back before it answers.
async fn ask(
    desk: &Desk,
    subscription: &Subscription,
    asking: &Asking,
    form: &Form,
) -> anyhow::Result<()> {
    desk.archive.ask_hub(subscription.id, asking).await?;
    let (why, retry_after, refused) = match desk.client.post(form).await {
        Posted::Taken => return Ok(()),
        Posted::Refused(why) => (why.to_string(), None, true),
        Posted::Failed { why, said: None, retry_after } => (why.to_string(), retry_after, false),
        Posted::Failed { why, said: Some(said), retry_after } => {
            (format!("{why}: {said}"), retry_after, false)
        }
    };
    tracing::info!("{}: {why}", asking.hub);
    let due = step::after_failure(subscription, asking, retry_after, refused);
    desk.archive.keep_hub_failure(subscription.id, asking.at, &why, due).await?;
    Ok(())
}
