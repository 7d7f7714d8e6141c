//! `sources`: how each source does, failing ones first.

use super::health::{fix, healed, minute, wants_a_look, why, word};
use crate::End;
use crate::args::Global;
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::{pad, print};
use archive::health::{self, Health};
use archive::{ListingState, Role, Source, Subscription, SubscriptionState};
use news::Timestamp;
use serde_json::{Value, json};

pub async fn run(global: Global) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let (sources, now) = (archive.sources().await?, Timestamp::now());
    let hubs = archive.subscriptions().await?;
    let mut told: Vec<(&Source, Health)> =
        sources.iter().map(|source| (source, health::of(source, now))).collect();
    told.sort_by_key(|(source, told)| (told.state, source.title.to_lowercase()));
    for (source, told) in &told {
        if shop.global.json {
            print(&as_json(source, told, &hubs, now).to_string());
        } else {
            as_text(source, told, &hubs, now).iter().for_each(|line| print(line));
        }
    }
    if shop.talks() {
        let ailing = told.iter().filter(|(_, told)| wants_a_look(told.state)).count();
        match sources.len() {
            0 => eprintln!("no source is followed yet: `pressmark add URL` first"),
            len => eprintln!("{}, {ailing} to look at", count(len, "source", "sources")),
        }
    }
    Ok(End::Done)
}

fn as_text(source: &Source, told: &Health, hubs: &[Subscription], now: Timestamp) -> Vec<String> {
    let mut lines = vec![format!(
        "{} {}  {}  {}  {:>6} articles  latest {}",
        told.state.sign(),
        pad(&source.name, 24),
        pad(&source.title, 28),
        health::spark(&health::bars(source, now)),
        source.articles_len,
        source.latest.map_or_else(|| "never".into(), minute),
    )];
    let mut add = |line: Option<String>| lines.extend(line.map(|line| format!("    {line}")));
    add(told.listing().map(|listing| listing.address.to_string()));
    add(why(source, told));
    add(healed(told));
    add(fix(source, told).map(|fix| format!("fix: {fix}")));
    for listing in &source.listings {
        add(hub_of(listing, hubs).map(|hub| hub_as_text(hub, now)));
    }
    lines
}

fn hub_of<'a>(listing: &ListingState, hubs: &'a [Subscription]) -> Option<&'a Subscription> {
    hubs.iter().find(|hub| hub.listing == Some(listing.id))
}

fn hub_as_text(hub: &Subscription, now: Timestamp) -> String {
    match (hub.lease_until.filter(|_| hub.is_live(now)), &hub.reason) {
        (Some(until), _) => format!("told of news by {} until {}", hub.hub, minute(until)),
        (None, Some(why)) => format!("not told of news by {}: {why}", hub.hub),
        (None, None) => format!("not told of news by {} yet", hub.hub),
    }
}

fn hub_as_json(hub: &Subscription) -> Value {
    let state = match hub.state {
        SubscriptionState::Asked => "asked",
        SubscriptionState::Held => "held",
        SubscriptionState::Refused => "refused",
        SubscriptionState::Ended => "ended",
    };
    json!({"address": hub.hub, "topic": hub.topic, "state": state, "until": hub.lease_until,
           "reason": hub.reason})
}

fn as_json(source: &Source, told: &Health, hubs: &[Subscription], now: Timestamp) -> Value {
    let listing = |listing: &ListingState| listing_as_json(listing, hub_of(listing, hubs));
    let days = health::bars(source, now).map(|day| {
        json!({"day": day.day, "requests": day.requests, "failures": day.failures,
               "new": day.entries_new, "held": day.held})
    });
    json!({
        "name": source.name,
        "title": source.title,
        "site": source.site,
        "language": source.language,
        "state": word(told.state),
        "why": why(source, told),
        "healed": healed(told),
        "fix": fix(source, told),
        "articles": source.articles_len,
        "latest": source.latest,
        "days": days,
        "listings": source.listings.iter().map(listing).collect::<Vec<_>>(),
    })
}

fn listing_as_json(listing: &ListingState, hub: Option<&Subscription>) -> Value {
    let role = match listing.role {
        Role::Main => "followed",
        Role::Witness => "witness",
        Role::Spare => "spare",
    };
    json!({
        "address": listing.address,
        "role": role,
        "form": listing.form,
        "visited": listing.visited,
        "well": listing.well,
        "brought": listing.brought,
        "failing": listing.failing,
        "failing_since": listing.failing_since,
        "trouble": listing.trouble.map(|trouble| trouble.to_string()),
        "failures": listing.failures,
        "entries": listing.entries_len,
        "next_visit": listing.next_visit,
        "formerly": listing.formerly,
        "hub": hub.map(hub_as_json),
        "ended": listing.ended,
    })
}
