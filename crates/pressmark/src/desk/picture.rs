//! A visit to a picture.

use super::deed::{Deed, What};
use super::{Desk, request, rhythm, trouble};
use archive::health::Trouble;
use archive::{Errand, Failure, PictureVisit, Task};
use fetch::{Kind, Outcome};
use news::Capture;

/// At how many other addresses a picture is looked for when its own has nothing: a `srcset` names
/// a dozen widths, and each costs the site's patience.
const OTHERS_MAX: usize = 3;

pub async fn visit(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
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
    let first = match ask(desk, errand).await {
        Err(miss) => miss,
        had => return (had, 0),
    };
    let Task::Picture { also } = &errand.task else {
        return (Err(first), 0);
    };
    let mut in_vain = 0;
    for address in also.iter().take(OTHERS_MAX) {
        let other = Errand {
            address: address.clone(),
            validators: archive::Validators::default(),
            ..errand.clone()
        };
        match ask(desk, &other).await {
            Ok(had) => return (Ok(had), in_vain + first.requests()),
            Err(miss) => in_vain += miss.requests(),
        }
    }
    (Err(first), in_vain)
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
