//! Names that are private whatever a resolver says of them.

/// Ends of names that lead into the network one stands in: RFC 6761 and 6762, RFC 8375, ICANN's
/// `.internal`, and what routers and container hosts hand out.
const ENDS: &[&str] = &[
    "corp",
    "domain",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "workgroup",
];

/// Tells whether a name, as a parsed URL has it, is one of the network one stands in.
///
/// A name of one label is always that (`router`, `metadata`, `instance-data`, `ip6-loopback`):
/// no publisher answers at a bare top-level domain.
pub(super) fn is_private(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let ends_in = |end: &str| {
        let before = name.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    !name.contains('.') || ENDS.iter().any(|end| ends_in(end))
}
