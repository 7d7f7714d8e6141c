//! The names of the months.

/// The names of each month, in lower case and without accents (as `tokens` folds them).
///
/// A word of three letters or more that begins a name is its abbreviation, if it begins names of
/// one month only; `=` marks names that have none, because they begin like another month's.
const NAMES: [&str; 12] = [
    "january januar janner januari janvier enero gennaio janeiro gener ianuarie \
     stycznia styczen января январь січня януари ledna leden ocak ιανουαριοσ ιανουαριου \
     ینایر ژانویه =جانفی ינואר जनवरी มกราคม =ม.ค janar =tammikuuta =jaanuar",
    "february februar februari fevrier febrero febbraio fevereiro febrer februarie \
     lutego =luty февраля февраль лютого февруари unora =unor subat φεβρουαριοσ φεβρουαριου \
     فبرایر شباط فوریه =فیفری פברואר फ़रवरी फरवरी กุมภาพันธ์ februarja =helmikuuta",
    "march marz mars marzo marco marc martie marca marzec марта март березня brezna brezen \
     mart marcius μαρτιοσ μαρτιου =mrz =marts =maret =maart =mrt مارس اذار מרץ मार्च มีนาคม \
     =maaliskuuta",
    "april avril abril aprile aprilie kwietnia kwiecien апреля апрель квітня април dubna duben \
     nisan aprilis απριλιοσ απριλιου =abr ابریل نیسان اوریل افریل אפריל अप्रैल เมษายน =huhtikuuta",
    "may mai mayo maggio maio maig maja maj мая май травня kvetna kveten mayis majus \
     μαιοσ μαιου mei مایو =ماي ایار مه מאי मई พฤษภาคม =toukokuuta",
    "june juni juin junio giugno junho juny iunie czerwca czerwiec июня июнь червня юни =cervna \
     =cerven haziran junius ιουνιοσ ιουνιου یونیو حزیران ژوئن جوان יוני जून มิถุนายน =kesakuuta",
    "july juli juillet julio luglio julho juliol iulie lipca lipiec июля июль липня юли =cervence \
     =cervenec temmuz julius ιουλιοσ ιουλιου یولیو تموز ژوئیه جویلیه יולי जुलाई กรกฎาคม \
     =heinakuuta",
    "august aout agosto agost sierpnia sierpien августа август серпня srpna srpen agustos \
     augusztus αυγουστοσ αυγουστου augustus augusti agustus =avg اغسطس اب اوت אוגוסט अगस्त สิงหาคม \
     =elokuuta",
    "september septembre septiembre setiembre settembre setembro setembre septembrie wrzesnia \
     wrzesien сентября сентябрь вересня септември zari eylul szeptember σεπτεμβριοσ σεπτεμβριου \
     سبتمبر ایلول سپتامبر ספטמבר सितंबर กันยายน =syyskuuta",
    "october octobre octubre ottobre outubro octombrie oktober pazdziernika pazdziernik октября \
     октябрь жовтня октомври rijna rijen ekim οκτωβριοσ οκτωβριου اکتوبر اکتبر אוקטובר अक्टूबर \
     अक्तूबर ตุลาคม =lokakuuta",
    "november novembre noviembre novembro noiembrie listopada listopad ноября ноябрь ноември \
     kasim νοεμβριοσ νοεμβριου listopadu нояб =nov نوفمبر نوامبر נובמבר नवंबर พฤศจิกายน \
     =marraskuuta =листопада",
    "december decembre diciembre dicembre dezembro desembre decembrie dezember desember grudnia \
     grudzien декабря декабрь грудня декември prosince aralik δεκεμβριοσ δεκεμβριου دیسمبر دسامبر \
     דצמבר दिसंबर ธันวาคม =joulukuuta",
];

/// Returns the month, 1 to 12, that the folded word names.
pub fn find(word: &str) -> Option<u8> {
    match english(word) {
        Some(0) => return None,
        Some(month) => return Some(month),
        None => {}
    }
    // Hebrew writes `in July` as one word.
    let word = word.strip_prefix('ב').unwrap_or(word);
    let letters = word.chars().count();
    let mut found = None;
    for (month, names) in (1u8..).zip(NAMES) {
        for name in names.split_whitespace() {
            let (name, whole_only) = match name.strip_prefix('=') {
                Some(name) => (name, true),
                None => (name, false),
            };
            if name == word {
                return Some(month);
            }
            if letters >= 3 && !whole_only && name.starts_with(word) {
                if found.is_some_and(|known| known != month) {
                    return None;
                }
                found = Some(month);
            }
        }
    }
    found
}

/// Knows the words of nearly every feed without a search; 0 is a weekday.
fn english(word: &str) -> Option<u8> {
    let month = match word {
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" => 0,
        "jan" => 1,
        "feb" => 2,
        "mar" => 3,
        "apr" => 4,
        "may" => 5,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        "t" | "z" | "gmt" => 0,
        _ => return None,
    };
    Some(month)
}

/// Tells whether the word is also a short form of a weekday (Spanish `mar`, martes).
pub fn is_weekday_too(word: &str) -> bool {
    matches!(word, "mar" | "mart" | "marc")
}

/// Tells whether the word is Thai, whose years count from the Buddha's death, 543 years earlier.
pub fn is_thai(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{e00}'..='\u{e7f}'))
}
