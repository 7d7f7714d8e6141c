//! What a picture workshop is asked for, as it may be sent from one process to another.

use crate::decode;
use crate::error::Error;
use crate::form::{Form, Made};
use crate::limits::Limits;
use crate::make::make;
use crate::plan::{Output, Plan};
use crate::widths::widths;

/// What is to be made of a picture's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// One picture by a query of images.weserv.nl, as it stands in an address without its `?`.
    Query(String),
    /// A WebP in each of these widths (pixels), for a page; what moves goes on moving, where
    /// [`Limits`] let it.
    Widths(Vec<u32>),
}

impl Order {
    /// Makes what is asked for, in its order.
    pub fn fill(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<Made>, Error> {
        match self {
            Order::Query(query) => Ok(vec![make(bytes, &Plan::read(query), limits)?]),
            Order::Widths(wanted) => match decode::head(bytes, limits)?.frames_len {
                0 | 1 => widths(bytes, wanted, Form::WEBP, limits),
                _ => match moving(bytes, wanted, limits) {
                    Err(Error::Frames(_) | Error::FramePixels(_)) => {
                        widths(bytes, wanted, Form::WEBP, limits)
                    }
                    made => made,
                },
            },
        }
    }
}

fn moving(bytes: &[u8], wanted: &[u32], limits: &Limits) -> Result<Vec<Made>, Error> {
    let made = wanted.iter().map(|width| {
        let mut plan = Plan::read(&format!("w={width}&we&n=-1"));
        plan.output = Some(Output::Webp);
        make(bytes, &plan, limits)
    });
    made.collect()
}
