//! Reads the address of a picture as images.weserv.nl does: a scheme may be left out.

use crate::workshop::Refusal;
use news::Address;

/// Reads an address; without a scheme it is taken for `http`.
pub fn read(told: &str) -> Result<Address, Refusal> {
    let unreadable = || Refusal::new(400, "Unable to parse URI");
    let told = told.trim();
    if told.starts_with("unix:") {
        return Err(Refusal::new(400, "Unix domain sockets are not supported"));
    }
    // A browser takes `\` for `/`; who writes it here means something else than he says.
    let host_end = told.find("://").map_or(0, |at| at + 3);
    if told[..host_end].contains('\\')
        || told[host_end..].starts_with('\\')
        || told.contains("\\\\")
    {
        return Err(unreadable());
    }
    let whole = match told {
        _ if starts_with(told, "http://") || starts_with(told, "https://") => told.to_owned(),
        _ if starts_with(told, "ssl:") => format!("https://{}", told[4..].trim_start_matches('/')),
        _ if told.starts_with("//") => format!("https://{}", told.trim_start_matches('/')),
        _ if told.contains("://") => return Err(unreadable()),
        _ => format!("http://{}", told.trim_start_matches('/')),
    };
    // As every other character that an address has no room for.
    let escaped =
        whole.replace('\\', "%5C").replace('^', "%5E").replace('`', "%60").replace('|', "%7C");
    Address::read(&escaped).ok_or_else(unreadable)
}

fn starts_with(told: &str, scheme: &str) -> bool {
    told.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_the_proxy_reads_it() {
        for (told, address) in [
            ("gdb.news.example/x.jpg", "http://gdb.news.example/x.jpg"),
            ("https://a.example/b c", "https://a.example/b%20c"),
            ("ssl:a.example/b", "https://a.example/b"),
            ("//a.example/b", "https://a.example/b"),
            ("HTTP://A.example/b?c=d&e", "http://a.example/b?c=d&e"),
            ("a.example/\\^`", "http://a.example/%5C%5E%60"),
        ] {
            assert_eq!(read(told).unwrap().as_str(), address, "{told}");
        }
        for wrong in ["", "http:\\\\foobar", "ftp://a.example/b", "http://", "http://a b/"] {
            assert_eq!(read(wrong).unwrap_err().status, 400, "{wrong}");
        }
    }
}
