//! A decoded picture that is ready to be shaped, once or often.

use crate::colour::profile::Converter;
use crate::decode::{Channels, Decoded};
use crate::shape::{Shape, shaped};
use std::borrow::Cow;

/// A decoded picture, and what is to be done with its colours.
pub(crate) struct Ready {
    channels: Channels,
    converter: Option<Converter>,
}

/// Channels with a shape that they are yet to be given, so that an encoder which wants less
/// colour than brightness has them scaled but once.
pub(crate) struct Shaped<'a> {
    pub channels: Cow<'a, Channels>,
    pub shape: Shape,
}

impl Ready {
    pub fn new(decoded: Decoded) -> Ready {
        let Decoded { channels, profile } = decoded;
        let is_grey = matches!(channels, Channels::Grey(_));
        let converter = profile.and_then(|profile| Converter::new(&profile, is_grey));
        Ready { channels, converter }
    }

    /// Returns the picture in a shape; colours are converted when the picture is small.
    pub fn shaped(&self, shape: &Shape) -> Shaped<'_> {
        let Some(converter) = &self.converter else {
            return Shaped { channels: Cow::Borrowed(&self.channels), shape: *shape };
        };
        let small = match shaped(&self.channels, shape) {
            grey @ Channels::Grey(_) => grey,
            other => other.colours(),
        };
        Shaped::done(converter.converted(small))
    }
}

impl Shaped<'_> {
    /// Returns channels that have their shape.
    pub fn done(channels: Channels) -> Shaped<'static> {
        let (width, height) = channels.size();
        Shaped { channels: Cow::Owned(channels), shape: Shape::same(width, height) }
    }

    /// Returns the channels in their shape.
    pub fn full(&self) -> Channels {
        shaped(&self.channels, &self.shape)
    }
}
