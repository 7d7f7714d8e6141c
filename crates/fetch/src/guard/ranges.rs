//! Addresses of the public internet.
//!
//! The standard library's `is_global` is unstable, and other languages' let NAT64 and 6to4 forms
//! of loopback through, so the table is written out.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Everything in IPv4 that is not the public internet: the IANA special-purpose registry
/// (RFC 6890 and its updates), multicast and the reserved block.
const SPECIAL_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // carrier-grade NAT
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local, cloud metadata
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocol assignments, a cloud's metadata
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24), // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24), // AMT
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private
    (Ipv4Addr::new(192, 175, 48, 0), 24), // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved, broadcast
];

/// The special ranges inside `2000::/3`; all that lies outside it is special by itself.
const SPECIAL_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, Teredo
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// Tells whether an address is of the public internet.
///
/// An IPv6 address that carries an IPv4 one (mapped, compatible, translated, NAT64, 6to4, Teredo)
/// never is: all those forms lie in special ranges, whatever they carry.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !SPECIAL_V4.iter().any(|(base, bits)| lies_in_v4(ip, *base, *bits)),
        IpAddr::V6(ip) => {
            let unicast = ip.segments()[0] & 0xe000 == 0x2000;
            unicast && !SPECIAL_V6.iter().any(|(base, bits)| lies_in_v6(ip, *base, *bits))
        }
    }
}

fn lies_in_v4(ip: Ipv4Addr, base: Ipv4Addr, bits: u32) -> bool {
    (ip.to_bits() ^ base.to_bits()) >> (32 - bits) == 0
}

fn lies_in_v6(ip: Ipv6Addr, base: Ipv6Addr, bits: u32) -> bool {
    (ip.to_bits() ^ base.to_bits()) >> (128 - bits) == 0
}
