//! What can be told of a picture, as JSON in the words of images.weserv.nl.

use crate::decode::{Channels, Head};
use crate::encode::animation::Animation;
use crate::form::Made;

/// What the file tells of a still picture.
pub(super) struct Still {
    pub is_progressive: bool,
    pub has_profile: bool,
}

pub(super) fn still(channels: &Channels, head: &Head, still: &Still) -> Made {
    let (width, height) = channels.size();
    let mut json = common(channels, head, (width, height));
    json.push_str(&format!(
        ",\"isProgressive\":{},\"hasProfile\":{},\"hasAlpha\":{}}}",
        still.is_progressive,
        still.has_profile,
        has_alpha(channels)
    ));
    made(json, (width, height))
}

pub(super) fn moving(animation: &Animation, head: &Head) -> Made {
    let Some((channels, _)) = animation.frames.first() else {
        return made("{}".to_owned(), (0, 0));
    };
    let (width, height) = channels.size();
    let pages = animation.frames.len();
    let delays: Vec<String> = animation.frames.iter().map(|(_, delay)| delay.to_string()).collect();
    // The frames are counted as if they lay one below the other.
    let mut json = common(channels, head, (width, height * pages as u32));
    json.push_str(&format!(
        ",\"isProgressive\":false,\"pages\":{pages},\"pageHeight\":{height},\"loop\":{},\
         \"delay\":[{}],\"hasProfile\":false,\"hasAlpha\":{}}}",
        animation.loops,
        delays.join(","),
        has_alpha(channels)
    ));
    made(json, (width, height))
}

/// Tells whether a JPEG comes in ever finer scans.
pub(super) fn is_progressive(bytes: &[u8]) -> bool {
    crate::probe::jpeg::is_progressive(bytes)
}

fn common(channels: &Channels, head: &Head, (width, height): (u32, u32)) -> String {
    let format = head.media_type.trim_start_matches("image/");
    let (space, count) = match channels {
        Channels::Grey(_) => ("b-w", 1),
        Channels::Ycc(_) | Channels::Rgb(_) => ("srgb", 3),
        Channels::Rgba(_) => ("srgb", 4),
    };
    format!(
        "{{\"format\":\"{format}\",\"width\":{width},\"height\":{height},\"space\":\"{space}\",\
         \"channels\":{count},\"depth\":\"uchar\""
    )
}

fn has_alpha(channels: &Channels) -> bool {
    matches!(channels, Channels::Rgba(_))
}

fn made(json: String, (width, height): (u32, u32)) -> Made {
    Made { bytes: json.into_bytes(), media_type: "application/json", width, height }
}
