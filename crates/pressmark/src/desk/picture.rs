//! A visit to a picture.

use super::deed::{Deed, What};
use super::{Desk, request, rhythm, trouble};
use crate::config::Keep;
use archive::health::Trouble;
use archive::{Errand, Failure, PictureVisit, Task};
use fetch::{Kind, Outcome};
use news::{Address, Capture};

/// At how many other addresses a picture is looked for when its own has nothing: a `srcset` names
/// a dozen widths, and each costs the site's patience.
const OTHERS_MAX: usize = 4;

pub async fn visit(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
    if let Some(why) = left_out(desk, &errand).await? {
        desk.archive.rest_errand(errand, why).await?;
        return Ok(Deed::Unchanged);
    }
    let (had, passed_over) = get(desk, &errand).await;
    desk.count(errand.source, passed_over).await?;
    match had {
        Ok((capture, probe)) => {
            let media_type = probe.media_type.to_owned();
            let (width, height) = (probe.width, probe.height);
            let visit = PictureVisit { errand, capture, media_type, width, height };
            desk.archive.keep_picture(visit).await?;
            Ok(Deed::Picture)
        }
        Err(miss) => {
            let now = desk.now();
            let address = errand.address.clone();
            let retry = rhythm::retry_page(errand.tries, miss.asked_s, now).filter(|_| !miss.last);
            let why = miss.why.clone();
            let Miss { why: words, trouble, capture, .. } = miss;
            let failure = Failure { errand, capture, why: words, trouble, retry };
            desk.archive.keep_failure(failure, now).await?;
            Ok(Deed::Failed { what: What::Picture, address, why })
        }
    }
}

/// Says why a picture is not to be kept, if that is what the keeper wants.
async fn left_out(desk: &Desk, errand: &Errand) -> anyhow::Result<Option<String>> {
    let told = &desk.shop.config.pictures;
    let is_wanted = match told.keep {
        Keep::All => true,
        Keep::Lead => desk.archive.is_lead(&errand.address).await?,
        Keep::None => false,
    };
    if !is_wanted {
        return Ok(Some("left out, as `keep` under `[pictures]` says".to_owned()));
    }
    if told.source_mib == 0 && told.library_mib == 0 {
        return Ok(None);
    }
    let (of_source, of_all) = desk.archive.picture_bytes(errand.source).await?;
    let is_full = |bytes: u64, mib: u64| mib > 0 && bytes >= mib.saturating_mul(1024 * 1024);
    Ok(if is_full(of_source, told.source_mib) {
        Some(format!("the {} MiB of its source (`source_mib`) are used up", told.source_mib))
    } else if is_full(of_all, told.library_mib) {
        Some(format!("the {} MiB of the library (`library_mib`) are used up", told.library_mib))
    } else {
        None
    })
}

/// A picture, and how it came.
type Had = (Capture, picture::Probe);

/// Why a picture could not be had.
struct Miss {
    why: String,
    trouble: Trouble,
    capture: Option<Capture>,
    asked_s: Option<u64>,
    /// Whether asking again is no use.
    last: bool,
}

impl Miss {
    /// Returns what it cost the site.
    fn requests(&self) -> usize {
        let asked = usize::from(self.trouble.was_asked());
        self.capture.as_ref().map_or(asked, |capture| capture.hops.len() + 1)
    }
}

/// Asks for the picture at its own address, then at the others that the page named; returns what
/// is to be kept of it, and how many requests beside that were in vain.
async fn get(desk: &Desk, errand: &Errand) -> (Result<Had, Miss>, usize) {
    let (original, mut in_vain) = original(desk, errand).await;
    if let Some(had) = original {
        return (Ok(had), 0);
    }
    let first = match ask(desk, errand).await {
        Err(miss) => miss,
        had => return (had, in_vain),
    };
    let Task::Picture { also } = &errand.task else {
        return (Err(first), in_vain);
    };
    // The last may be another picture, which the publisher shows in its place.
    let widths = also.iter().take(OTHERS_MAX - 1);
    for address in widths.chain(also.iter().skip(OTHERS_MAX - 1).last()) {
        match ask(desk, &elsewhere(errand, address)).await {
            Ok(had) => return (Ok(had), in_vain + first.requests()),
            Err(miss) => in_vain += miss.requests(),
        }
    }
    (Err(first), in_vain)
}

/// Asks for the original where the page named a smaller size of it; returns also how many
/// requests were in vain. It is asked for once: what matters is that there is the picture.
async fn original(desk: &Desk, errand: &Errand) -> (Option<Had>, usize) {
    let Some(address) = html::original(&errand.address).filter(|_| errand.tries == 0) else {
        return (None, 0);
    };
    let originals = &desk.shop.originals;
    let host = address.server();
    if !originals.may_ask(&host) {
        return (None, 0);
    }
    let asked = ask(desk, &elsewhere(errand, &address)).await;
    originals.note(&host, asked.is_ok());
    match asked {
        Ok(had) => (Some(had), 0),
        Err(miss) => (None, miss.requests()),
    }
}

/// Returns the errand for the same picture at another address.
fn elsewhere(errand: &Errand, address: &Address) -> Errand {
    let validators = archive::Validators::default();
    Errand { address: address.clone(), validators, ..errand.clone() }
}

async fn ask(desk: &Desk, errand: &Errand) -> Result<Had, Miss> {
    let miss = |why: String, last: bool| {
        let trouble = Trouble::Unreadable;
        Miss { why, trouble, capture: None, asked_s: None, last }
    };
    match desk.client.get(&request(errand, Kind::Picture)).await {
        Outcome::Fresh(capture) => match picture::probe(&capture.body) {
            Ok(probe) => Ok((capture, probe)),
            Err(refused) => Err(Miss { capture: Some(capture), ..miss(refused.to_string(), true) }),
        },
        Outcome::Unchanged(_) => Err(miss("the site sent nothing".into(), false)),
        Outcome::Gone(capture) => {
            Err(Miss { capture: Some(capture), ..miss("the picture is gone (410)".into(), true) })
        }
        Outcome::Refused(why) => {
            Err(Miss { trouble: trouble::of(&why), ..miss(why.to_string(), true) })
        }
        Outcome::Failed { why, capture, retry_after } => {
            let asked_s = retry_after.map(|wait| wait.as_secs());
            let trouble = trouble::of(&why);
            Err(Miss { trouble, capture, asked_s, ..miss(why.to_string(), false) })
        }
    }
}
