//! The names of time zones.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Where on the day's way round the world a time was told.
pub enum Zone {
    /// Seconds east of UTC.
    Offset(i32),
    /// The rules of a place, as a POSIX TZ string.
    Place(&'static str),
}

impl Zone {
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        match self {
            Zone::Offset(seconds) => Offset::from_seconds(*seconds).ok()?.to_timestamp(local).ok(),
            Zone::Place(rules) => TimeZone::posix(rules).ok()?.to_timestamp(local).ok(),
        }
    }

    /// Returns the seconds east of UTC that were in force.
    pub fn offset_s(&self, local: DateTime, at: Timestamp) -> i32 {
        match self {
            Zone::Offset(seconds) => *seconds,
            Zone::Place(_) => {
                let utc = Offset::UTC.to_datetime(at);
                i32::try_from(local.duration_since(utc).as_secs()).unwrap_or(0)
            }
        }
    }

    /// Tells whether people of this zone write the month before the day.
    pub fn is_american(&self) -> bool {
        match self {
            Zone::Offset(seconds) => (-10 * 3600..=-4 * 3600).contains(seconds),
            Zone::Place(rules) => rules.contains(",M3.2.0"),
        }
    }
}

/// Returns the zone with this folded name; short names count only if written in capitals.
pub fn find(name: &str, upper: bool) -> Option<Zone> {
    if name.contains('/')
        && let Some(place) = place(name)
    {
        return Some(Zone::Place(place));
    }
    if !upper && !matches!(name, "z" | "gmt" | "utc" | "ut") {
        return None;
    }
    let known = OFFSETS.iter().find(|(known, _)| *known == name);
    known.map(|(_, minutes)| Zone::Offset(minutes * 60))
}

fn place(name: &str) -> Option<&'static str> {
    let known = |names: &str| names.split_whitespace().any(|known| known == name);
    let (_, rules) = PLACES.iter().find(|(names, _)| known(names))?;
    Some(rules)
}

/// Minutes east of UTC: RFC 822, then common use; where a name means several zones, the one that
/// more news is written in.
const OFFSETS: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("wat", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("cat", 120),
    ("eest", 180),
    ("msk", 180),
    ("trt", 180),
    ("eat", 180),
    ("irst", 210),
    ("gst", 240),
    ("msd", 240),
    ("irdt", 270),
    ("pkt", 300),
    ("uzt", 300),
    ("ist", 330),
    ("npt", 345),
    ("bdt", 360),
    ("mmt", 390),
    ("ict", 420),
    ("wib", 420),
    ("sgt", 480),
    ("myt", 480),
    ("hkt", 480),
    ("pht", 480),
    ("awst", 480),
    ("wita", 480),
    ("bjt", 480),
    ("jst", 540),
    ("kst", 540),
    ("wit", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("nst", -210),
    ("ndt", -150),
    ("brt", -180),
    ("brst", -120),
    ("art", -180),
    ("adt", -180),
    ("ast", -240),
    ("at", -240),
    ("clt", -240),
    ("vet", -240),
    ("edt", -240),
    ("est", -300),
    ("et", -300),
    ("cot", -300),
    ("pet", -300),
    ("cdt", -300),
    ("cst", -360),
    ("ct", -360),
    ("mdt", -360),
    ("mst", -420),
    ("mt", -420),
    ("pdt", -420),
    ("pst", -480),
    ("pt", -480),
    ("akdt", -480),
    ("akst", -540),
    ("hst", -600),
];

/// Today's rules of the places that dates are known to name (IANA names, folded).
///
/// A pure crate can't read the system's zone files, and a bundled database would be larger than
/// the rest of this crate.
const PLACES: &[(&str, &str)] = &[
    (
        "etc/gmt etc/utc etc/uct etc/greenwich etc/zulu africa/abidjan africa/accra africa/dakar",
        "UTC0",
    ),
    ("europe/london europe/belfast europe/lisbon", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("europe/dublin", "GMT0IST,M3.5.0/1,M10.5.0"),
    (
        "europe/berlin europe/paris europe/madrid europe/rome europe/vienna europe/zurich \
         europe/amsterdam europe/brussels europe/prague europe/warsaw europe/budapest \
         europe/stockholm europe/oslo europe/copenhagen europe/belgrade europe/zagreb \
         europe/ljubljana europe/bratislava europe/luxembourg europe/skopje europe/sarajevo \
         europe/tirane europe/podgorica europe/malta europe/andorra europe/monaco",
        "CET-1CEST,M3.5.0,M10.5.0/3",
    ),
    (
        "europe/athens europe/bucharest europe/sofia europe/helsinki europe/kiev europe/kyiv \
         europe/riga europe/vilnius europe/tallinn europe/chisinau asia/nicosia",
        "EET-2EEST,M3.5.0/3,M10.5.0/4",
    ),
    ("europe/moscow europe/istanbul europe/minsk asia/istanbul", "MSK-3"),
    ("asia/baghdad asia/riyadh asia/kuwait asia/qatar asia/damascus asia/amman", "AST-3"),
    ("africa/nairobi africa/addis_ababa africa/kampala", "EAT-3"),
    ("asia/jerusalem asia/tel_aviv", "IST-2IDT,M3.4.4/26,M10.5.0"),
    ("africa/cairo", "EET-2EEST,M4.5.5/0,M10.5.4/24"),
    ("africa/johannesburg africa/harare africa/maputo africa/tripoli", "SAST-2"),
    ("africa/lagos africa/algiers africa/tunis africa/casablanca africa/kinshasa", "WAT-1"),
    ("asia/tehran", "IRST-3:30"),
    ("asia/dubai asia/baku asia/tbilisi asia/yerevan asia/muscat", "GST-4"),
    ("asia/kabul", "AFT-4:30"),
    ("asia/karachi asia/tashkent asia/yekaterinburg asia/almaty", "PKT-5"),
    ("asia/kolkata asia/calcutta asia/colombo", "IST-5:30"),
    ("asia/kathmandu asia/katmandu", "NPT-5:45"),
    ("asia/dhaka asia/bishkek", "BDT-6"),
    ("asia/yangon asia/rangoon", "MMT-6:30"),
    ("asia/bangkok asia/jakarta asia/ho_chi_minh asia/saigon asia/phnom_penh", "ICT-7"),
    (
        "asia/shanghai asia/chongqing asia/hong_kong asia/taipei asia/singapore asia/macau \
         asia/kuala_lumpur asia/manila asia/urumqi asia/ulaanbaatar australia/perth",
        "CST-8",
    ),
    ("asia/tokyo asia/seoul asia/pyongyang", "JST-9"),
    (
        "australia/sydney australia/melbourne australia/hobart australia/canberra",
        "AEST-10AEDT,M10.1.0,M4.1.0/3",
    ),
    ("australia/brisbane asia/vladivostok", "AEST-10"),
    ("australia/adelaide", "ACST-9:30ACDT,M10.1.0,M4.1.0/3"),
    ("australia/darwin", "ACST-9:30"),
    ("pacific/auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"),
    (
        "america/new_york america/toronto america/detroit us/eastern america/montreal",
        "EST5EDT,M3.2.0,M11.1.0",
    ),
    ("america/chicago america/winnipeg us/central", "CST6CDT,M3.2.0,M11.1.0"),
    ("america/denver america/edmonton us/mountain america/boise", "MST7MDT,M3.2.0,M11.1.0"),
    ("america/phoenix", "MST7"),
    ("america/los_angeles america/vancouver america/tijuana us/pacific", "PST8PDT,M3.2.0,M11.1.0"),
    ("america/anchorage us/alaska", "AKST9AKDT,M3.2.0,M11.1.0"),
    ("pacific/honolulu us/hawaii", "HST10"),
    ("america/halifax atlantic/bermuda", "AST4ADT,M3.2.0,M11.1.0"),
    ("america/st_johns", "NST3:30NDT,M3.2.0,M11.1.0"),
    ("america/mexico_city america/guatemala america/costa_rica america/el_salvador", "CST6"),
    ("america/bogota america/lima america/panama america/jamaica america/guayaquil", "EST5"),
    ("america/caracas america/la_paz america/puerto_rico america/santo_domingo", "VET4"),
    ("america/havana", "CST5CDT,M3.2.0/0,M11.1.0/1"),
    ("america/santiago", "CLT4CLST,M9.1.6/24,M4.1.6/24"),
    (
        "america/sao_paulo america/argentina/buenos_aires america/buenos_aires america/montevideo",
        "BRT3",
    ),
];
