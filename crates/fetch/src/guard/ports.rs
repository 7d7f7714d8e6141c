//! Ports on which news is served.

/// Tells whether the port is one of the web's, or a free one that no other service is known by.
pub(super) fn may_serve_news(port: u16) -> bool {
    matches!(port, 80 | 443) || port >= 1024 && !TAKEN.contains(&port)
}

/// Ports from 1024 on of other services: the "bad ports" of the WHATWG Fetch standard (§2.9) and
/// those on which databases, queues, consoles and container hosts usually listen.
const TAKEN: &[u16] = &[
    // the Fetch standard
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
    6679, 6697, 10080, // databases and caches
    1433, 1434, 1521, 3050, 3306, 5432, 5433, 5984, 6379, 6380, 7474, 7687, 8086, 9042, 9160, 9200,
    9300, 11211, 27017, 27018, 27019, 28015, 28017, // queues and coordination
    1883, 2181, 2379, 2380, 4222, 4369, 5671, 5672, 8883, 9092, 15672, 25672, 61613, 61616,
    // container hosts and clusters
    2375, 2376, 2377, 4243, 6443, 8300, 8301, 8500, 8600, 10250, 10255, 10256,
    // remote consoles, proxies and file sharing
    1080, 1099, 1194, 3128, 3260, 3389, 5900, 5901, 5985, 5986, 50070,
];
