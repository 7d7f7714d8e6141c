//! What kind of trouble a reason is, for the record of a listing.

use archive::health::Trouble;
use fetch::Why;

pub fn of(why: &Why) -> Trouble {
    match why {
        Why::Robots => Trouble::Robots,
        Why::NoRobots(why) => of(why),
        Why::Private { .. } | Why::Scheme(_) | Why::Port(_) => Trouble::Private,
        Why::Name { .. } => Trouble::Name,
        Why::Connection { .. } | Why::Proxy(_) | Why::Timeout(_) | Why::TooSlow => {
            Trouble::Connection
        }
        Why::Truncated | Why::Malformed(_) => Trouble::Connection,
        Why::Tls { .. } => Trouble::Tls,
        Why::Status(status) | Why::RedirectNowhere(status) => Trouble::Status(*status),
        Why::RedirectLoop | Why::RedirectUnreadable(_) | Why::RedirectExposes => {
            Trouble::Status(302)
        }
        Why::Empty => Trouble::NoListing,
        Why::UnaskedUnchanged => Trouble::Status(304),
        Why::TooBig { .. } | Why::TooMany { .. } | Why::Bomb { .. } => Trouble::Unreadable,
        Why::Coding(_) | Why::BadCoding(_) => Trouble::Unreadable,
    }
}
