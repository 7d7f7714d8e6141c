//! Where the original of a picture lies that a page names in a smaller size.
//!
//! Content systems put the size into the address. The families below are each used by hundreds
//! of sites or more; where nothing of the kind is seen, nothing is guessed.

use news::Address;

/// One family: how its addresses are known, and what is done to get at the original's.
struct Family {
    /// Any of these stands in the address behind its scheme.
    known_by: &'static [&'static str],
    larger: fn(&str) -> Option<String>,
}

const FAMILIES: [Family; 8] = [
    // WordPress: `/wp-content/uploads/2024/07/boats-300x200.jpg`.
    Family { known_by: &["/wp-content/uploads/", "/wp-content/blogs.dir/"], larger: size_at_end },
    // Pangea, of RFE/RL, VOA and RFA: `/<guid>_cx0_cy5_cw0_w900_r1_s.jpg`.
    Family { known_by: &["_w"], larger: pangea },
    // Drupal: `/sites/default/files/styles/large/public/boats.jpg?itok=…`.
    Family { known_by: &["/styles/"], larger: drupal },
    // Brightspot: `/dims4/default/…/resize/640x426!/quality/90/?url=https%3A%2F%2F…`.
    Family { known_by: &["/dims4/"], larger: brightspot },
    // imgix: `?auto=format&w=940`, unless it is signed.
    Family { known_by: &[".imgix.net/"], larger: imgix },
    // MediaWiki: `/images/thumb/a/ab/Boats.jpg/300px-Boats.jpg`.
    Family { known_by: &["/thumb/"], larger: mediawiki },
    // Blogger: `/s320/boats.jpg`, `/w640-h480/boats.jpg`.
    Family { known_by: &[".bp.blogspot.com/", "blogger.googleusercontent.com/"], larger: blogger },
    // Photon and WordPress.com: `?w=300&h=200&crop=1`, `?resize=…`.
    Family { known_by: &[".files.wordpress.com/", "/wp-content/uploads/"], larger: no_query },
];

/// Returns where the original of a picture lies, if the address is one of a smaller size.
pub fn original(address: &Address) -> Option<Address> {
    let text = address.without_fragment();
    let text = text.as_str();
    let is_known = |family: &&Family| family.known_by.iter().any(|words| text.contains(words));
    let larger = FAMILIES.iter().filter(is_known).find_map(|family| (family.larger)(text))?;
    Address::read(&larger).filter(|found| found.as_str() != text)
}

/// Cuts `-300x200` off the end of the name, and what a query says of the size.
fn size_at_end(text: &str) -> Option<String> {
    let (text, _) = text.split_once('?').unwrap_or((text, ""));
    let (stem, end) = file_end(text)?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    (is_number(width, 2) && is_number(height, 2)).then(|| format!("{name}.{end}"))
}

/// Cuts `_cx…_cy…_cw…_w…_r…_s` off a name that is a GUID.
fn pangea(text: &str) -> Option<String> {
    let (path, _) = text.split_once('?').unwrap_or((text, ""));
    let (stem, end) = file_end(path)?;
    let name_at = stem.rfind('/')? + 1;
    let (guid, size) = stem[name_at..].split_once('_')?;
    let is_guid = guid.len() >= 32 && guid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let is_size = size.split('_').all(|part| {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        matches!(letters, "cx" | "cy" | "cw" | "ch" | "w" | "h" | "r" | "s" | "n" | "b" | "tv")
    });
    (is_guid && is_size).then(|| format!("{}{guid}.{end}", &stem[..name_at]))
}

fn drupal(text: &str) -> Option<String> {
    let (path, _) = text.split_once('?').unwrap_or((text, ""));
    let (before, after) = path.split_once("/styles/")?;
    let (style, file) = after.split_once("/public/")?;
    if style.contains('/') {
        return None;
    }
    // A form of another kind is appended to the name: `boats.jpg.webp`.
    let whole = file.strip_suffix(".webp").filter(|name| file_end(name).is_some());
    Some(format!("{before}/{}", whole.unwrap_or(file)))
}

fn brightspot(text: &str) -> Option<String> {
    let address = Address::read(text)?;
    let mut pairs = address.as_url().query_pairs();
    let (_, inner) = pairs.find(|(name, _)| name == "url")?;
    inner.starts_with("http").then(|| inner.into_owned())
}

fn imgix(text: &str) -> Option<String> {
    let (path, query) = text.split_once('?')?;
    let is_signed = query.split('&').any(|pair| pair.starts_with("s="));
    (!is_signed && file_end(path).is_some()).then(|| path.to_owned())
}

fn mediawiki(text: &str) -> Option<String> {
    let (before, after) = text.split_once("/thumb/")?;
    let (file, size) = after.rsplit_once('/')?;
    let (width, name) = size.split_once("px-")?;
    let is_thumb = is_number(width, 2) && file.ends_with(name) && !name.ends_with(".svg");
    is_thumb.then(|| format!("{before}/{file}"))
}

fn blogger(text: &str) -> Option<String> {
    let name_at = text.rfind('/')?;
    let size_at = text[..name_at].rfind('/')? + 1;
    let size = &text[size_at..name_at];
    let is_size = |part: &str| {
        let digits = part.trim_start_matches(['s', 'w', 'h']);
        part.len() == digits.len() + 1 && is_number(digits, 2)
    };
    let mut parts = size.split('-');
    let known = parts.next().is_some_and(is_size)
        && parts.all(|part| is_size(part) || matches!(part, "c" | "rw" | "p" | "k" | "no"));
    known.then(|| format!("{}s0{}", &text[..size_at], &text[name_at..]))
}

fn no_query(text: &str) -> Option<String> {
    let (path, query) = text.split_once('?')?;
    let sizes = ["w", "h", "width", "height", "resize", "fit", "crop", "quality", "strip", "ssl"];
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    query.split('&').all(|pair| sizes.contains(&&*name(pair))).then(|| path.to_owned())
}

/// Parts the name from `jpg` and its kin.
fn file_end(path: &str) -> Option<(&str, &str)> {
    let (stem, end) = path.rsplit_once('.')?;
    let known = ["jpg", "jpeg", "png", "webp", "gif"];
    known.iter().any(|kind| end.eq_ignore_ascii_case(kind)).then_some((stem, end))
}

fn is_number(text: &str, digits_min: usize) -> bool {
    (digits_min..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_is_found_behind_the_size() {
        for (small, large) in [
            (
                "/wp-content/uploads/2024/07/boats-300x200.jpg",
                "/wp-content/uploads/2024/07/boats.jpg",
            ),
            ("/wp-content/uploads/boats-1024x683.jpeg?w=640", "/wp-content/uploads/boats.jpeg"),
            ("/wp-content/uploads/boats.png?resize=300,200&ssl=1", "/wp-content/uploads/boats.png"),
            (
                "/01000000-0aff-0242-a7bb-08dc9b7d0c51_cx0_cy5_cw0_w900_r1_s.jpg",
                "/01000000-0aff-0242-a7bb-08dc9b7d0c51.jpg",
            ),
            (
                "/01000000-0aff-0242-a7bb-08dc9b7d0c51_w1023_r1_s.png",
                "/01000000-0aff-0242-a7bb-08dc9b7d0c51.png",
            ),
            (
                "/sites/default/files/styles/large/public/2024-07/boats.jpg?itok=x1",
                "/sites/default/files/2024-07/boats.jpg",
            ),
            ("/sites/a/files/styles/w/public/boats.jpg.webp", "/sites/a/files/boats.jpg"),
            ("/s3fs-public/styles/small/public/2015/boats.jpg", "/s3fs-public/2015/boats.jpg"),
            (
                "/dims4/default/c90/resize/640x426!/quality/90/?url=https%3A%2F%2Fa.example%2F6e%2Fboats",
                "/6e/boats",
            ),
            ("/images/thumb/a/ab/Boats.jpg/300px-Boats.jpg", "/images/a/ab/Boats.jpg"),
        ] {
            let read = |path: &str| Address::read(&format!("https://a.example{path}")).unwrap();
            assert_eq!(original(&read(small)), Some(read(large)), "{small}");
        }
        let blog = "https://1.bp.blogspot.com/-a/b/c/d";
        let small = Address::read(&format!("{blog}/w640-h480/boats.jpg")).unwrap();
        assert_eq!(original(&small).unwrap().as_str(), format!("{blog}/s0/boats.jpg"));
    }

    #[test]
    fn where_no_size_is_told_nothing_is_guessed() {
        for plain in [
            "/boats-300x200.jpg",
            "/wp-content/uploads/boats.jpg",
            "/wp-content/uploads/covid-19.jpg",
            "/wp-content/uploads/boats.png?v=3",
            "/my_w900.jpg",
            "/01000000-0aff-0242-a7bb-08dc9b7d0c51.jpg",
            "/thumb/boats.jpg",
            "/styles/main/of/a/public/boats.jpg",
            "/images/thumb/a/ab/Map.svg/300px-Map.svg.png",
        ] {
            let address = Address::read(&format!("https://a.example{plain}")).unwrap();
            assert_eq!(original(&address), None, "{plain}");
        }
    }
}
