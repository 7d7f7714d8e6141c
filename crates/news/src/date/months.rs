//! The names of the months.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names of each month, in lower case and without accents (as `tokens` folds them).
///
/// A word of three letters or more that begins a name is its abbreviation, if it begins names of
/// one month only; `=` marks names that have none, because they begin like another month's.
const NAMES: [&str; 12] = [
    "january januar janner januari janvier enero gennaio janeiro gener ianuarie stycznia styczen \
     января январь січня януари ledna leden ocak ιανουαριοσ ιανουαριου ینایر ژانویه =جانفی ינואר \
     जनवरी มกราคม =ม.ค janar =tammikuuta =jaanuar =sijecnja =sijecanj =januara =urtarrilak \
     =sausio =janvaris =janvari =tammi =tammikuu јануар јануари =студзеня қаңтар =yanvar იანვარი \
     հունվարի জানুয়ারি ஜனவரி జనవరి જાન્યુઆરી ಜನವರಿ ജനുവരി जानेवारी ਜਨਵਰੀ جنوری មករា ມັງກອນ \
     ဇန်နဝါရီ ජනවාරි ጃንዩወሪ =มค",
    "february februar februari fevrier febrero febbraio fevereiro febrer februarie lutego =luty \
     февраля февраль лютого февруари unora =unor subat φεβρουαριοσ φεβρουαριου فبرایر شباط فوریه \
     =فیفری פברואר फ़रवरी फरवरी กุมภาพันธ์ februarja =helmikuuta =veljace =veljaca =februara \
     =otsailak =vasario =februaris =helmi =helmikuu =pebrero =veebruar фебруар =лютага ақпан \
     =fevral თებერვალი փետրվարի ফেব্রুয়ারি பிப்ரவரி ఫిబ్రవరి ફેબ્રુઆરી ಫೆಬ್ರವರಿ ഫെബ്രുവരി \
     फेब्रुवारी ਫ਼ਰਵਰੀ ਫਰਵਰੀ فروری فبروری កុម្ភៈ ກຸມພາ ဖေဖော်ဝါရီ පෙබරවාරි ፌብሩወሪ =กพ",
    "march marz mars marzo marco marc martie marca marzec марта март березня brezna brezen mart \
     marcius μαρτιοσ μαρτιου =mrz =marts =maret =maart =mrt مارس اذار מרץ मार्च มีนาคม \
     =maaliskuuta =ozujka =ozujak =martxoak =kovo =maalis =maaliskuu =marso =machi =mac =сакавіка \
     наурыз მარტი մարտի মার্চ மார்ச் మార్చి માર્ચ ಮಾರ್ಚ್ മാർച്ച് ਮਾਰਚ مارچ មីនា ມີນາ မတ် මාර්තු \
     ማርች =มีค",
    "april avril abril aprile aprilie kwietnia kwiecien апреля апрель квітня април dubna duben \
     nisan aprilis απριλιοσ απριλιου =abr ابریل نیسان اوریل افریل אפריל अप्रैल เมษายน =huhtikuuta \
     =travnja =travanj =aprila =apirilak =balandzio =aprili =huhti =huhtikuu =prill =красавіка \
     сәуір აპრილი ապրիլի এপ্রিল ஏப்ரல் ఏప్రిల్ એપ્રિલ ಏಪ್ರಿಲ್ ഏപ്രിൽ एप्रिल ਅਪ੍ਰੈਲ اپریل មេសា \
     ເມສາ ဧပြီ අප්‍රේල් ኤፕሪል =เมย",
    "may mai mayo maggio maio maig maja maj мая май травня kvetna kveten mayis majus μαιοσ μαιου \
     mei مایو =ماي ایار مه מאי मई พฤษภาคม =toukokuuta =svibnja =svibanj =maiatzak =geguzes =maijs \
     =maija =touko =toukokuu мај =траўня мамыр მაისი մայիսի মে மே మే મે ಮೇ മേയ് मे ਮਈ مئی ឧសភា \
     ພຶດສະພາ မေ මැයි ሜይ =พค",
    "june juni juin junio giugno junho juny iunie czerwca czerwiec июня июнь червня юни =cervna \
     =cerven haziran junius ιουνιοσ ιουνιου یونیو حزیران ژوئن جوان יוני जून มิถุนายน =kesakuuta \
     =lipnja =lipanj =juna =ekainak =birzelio =junijs =junija =kesa =kesakuu =juuni =hunyo \
     =qershor јун јуни =чэрвеня маусым =iyun ივნისი հունիսի জুন ஜூன் జూన్ જૂન ಜೂನ್ ജൂൺ ਜੂਨ جون \
     មិថុនា ມິຖຸນາ ဇွန် ජූනි ጁን =มิย",
    "july juli juillet julio luglio julho juliol iulie lipca lipiec июля июль липня юли =cervence \
     =cervenec temmuz julius ιουλιοσ ιουλιου یولیو تموز ژوئیه جویلیه יולי जुलाई กรกฎาคม \
     =heinakuuta =srpnja =srpanj =jula =uztailak =liepos =julijs =julija =heina =heinakuu =juuli \
     =hulyo =julai =korrik јул јули =ліпеня шілде =iyul ივლისი հուլիսի জুলাই ஜூலை జూలై జులై જુલાઈ \
     ಜುಲೈ ജൂലൈ जुलै ਜੁਲਾਈ جولائی جولای កក្កដា ກໍລະກົດ ဇူလိုင် ජූලි ጁላይ =กค",
    "august aout agosto agost sierpnia sierpien августа август серпня srpna srpen agustos \
     augusztus αυγουστοσ αυγουστου augustus augusti agustus =avg اغسطس اب اوت אוגוסט अगस्त \
     สิงหาคม =elokuuta =kolovoza =kolovoz =augusta =abuztuak =rugpjucio =augusts =elo =elokuu \
     =agosti =ogos =gusht =жніўня тамыз =avgust აგვისტო օգոստոսի আগস্ট ஆகஸ்ட் ఆగస్టు ઑગસ્ટ ઓગસ્ટ \
     ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ऑगस्ट ਅਗਸਤ اگست សីហា ສິງຫາ ဩဂုတ် අගෝස්තු ኦገስት =สค",
    "september septembre septiembre setiembre settembre setembro setembre septembrie wrzesnia \
     wrzesien сентября сентябрь вересня септември zari eylul szeptember σεπτεμβριοσ σεπτεμβριου \
     سبتمبر ایلول سپتامبر ספטמבר सितंबर กันยายน =syyskuuta =rujna =rujan =septembra =irailak \
     =rugsejo =septembris =syys =syyskuu =setyembre =septemba =shtator септембар =верасня \
     қыркүйек =sentyabr სექტემბერი սեպտեմբերի সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ સપ્ટેમ્બર \
     ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ सप्टेंबर ਸਤੰਬਰ ستمبر سپتمبر កញ្ញា ກັນຍາ စက်တင်ဘာ සැප්තැම්බර් ሴፕቴምበር \
     =กย",
    "october octobre octubre ottobre outubro octombrie oktober pazdziernika pazdziernik октября \
     октябрь жовтня октомври rijna rijen ekim οκτωβριοσ οκτωβριου اکتوبر اکتبر אוקטובר अक्टूबर \
     अक्तूबर ตุลาคม =lokakuuta =oktobra =urriak =spalio =oktobris =loka =lokakuu =oktubre =oktoba \
     =oktoober =tetor октобар =кастрычніка қазан =oktyabr ოქტომბერი հոկտեմբերի অক্টোবর அக்டோபர் \
     అక్టోబర్ ઑક્ટોબર ઓક્ટોબર ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ऑक्टोबर ਅਕਤੂਬਰ តុលា ຕຸລາ အောက်တိုဘာ ඔක්තෝබර් ኦክቶበር \
     =ตค",
    "november novembre noviembre novembro noiembrie listopada listopad ноября ноябрь ноември \
     kasim νοεμβριοσ νοεμβριου listopadu нояб =nov نوفمبر نوامبر נובמבר नवंबर พฤศจิกายน \
     =marraskuuta =листопада =studenoga =studeni =novembra =azaroak =lapkricio =novembris =marras \
     =marraskuu =nobyembre =novemba =nentor новембар =лістапада қараша =noyabr ნოემბერი նոյեմբերի \
     নভেম্বর நவம்பர் నవంబర్ નવેમ્બર ನವೆಂಬರ್ നവംബർ नोव्हेंबर ਨਵੰਬਰ نومبر វិច្ឆិកា ພະຈິກ နိုဝင်ဘာ \
     නොවැම්බර් ኖቬምበር =พย",
    "december decembre diciembre dicembre dezembro desembre decembrie dezember desember grudnia \
     grudzien декабря декабрь грудня декември prosince aralik δεκεμβριοσ δεκεμβριου دیسمبر دسامبر \
     דצמבר दिसंबर ธันวาคม =joulukuuta =prosinca =prosinac =decembra =abenduak =gruodzio \
     =decembris =joulu =joulukuu =disyembre =desemba =disember =dhjetor децембар =снежня \
     желтоқсан =dekabr დეკემბერი դեկտեմբերի ডিসেম্বর டிசம்பர் డిసెంబర్ ડિસેમ્બર ಡಿಸೆಂಬರ್ ഡിസംബർ \
     डिसेंबर ਦਸੰਬਰ دسمبر ធ្នូ ທັນວາ ဒီဇင်ဘာ දෙසැම්බර් ዲሴምበር =ธค",
];

/// What a name means: its month, and whether it has no abbreviations.
type Name = (u8, bool);

/// The names in the order of their letters, so that those which begin alike stand together.
static SORTED: LazyLock<BTreeMap<&str, Name>> = LazyLock::new(|| {
    let mut sorted = BTreeMap::new();
    for (month, names) in (1u8..).zip(NAMES) {
        for written in names.split_whitespace() {
            let name = written.trim_start_matches('=');
            sorted.entry(name).or_insert((month, name != written));
        }
    }
    sorted
});

/// Returns the month, 1 to 12, that the folded word names.
pub fn find(word: &str) -> Option<u8> {
    match english(word) {
        Some(0) => return None,
        Some(month) => return Some(month),
        None => {}
    }
    // Hebrew writes `in July` as one word.
    let word = word.strip_prefix('ב').unwrap_or(word);
    if let Some((month, _)) = SORTED.get(word) {
        return Some(*month);
    }
    if word.chars().count() < 3 {
        return None;
    }
    let begun = SORTED.range(word..).take_while(|(name, _)| name.starts_with(word));
    let mut months = begun.filter(|(_, (_, is_whole))| !is_whole).map(|(_, (month, _))| *month);
    let first = months.next()?;
    months.all(|month| month == first).then_some(first)
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

/// Tells whether the word is also a weekday or short for one: Spanish `mar`, Romanian `marți`,
/// Turkish `paz`, Ukrainian `сер`.
pub fn is_weekday_too(word: &str) -> bool {
    matches!(word, "mar" | "mart" | "marc" | "marti" | "paz" | "сер")
}

/// Returns the month that two abbreviated words name together, as in Thai (`ก.ค.`).
pub fn find_dotted(first: &str, second: &str) -> Option<u8> {
    let is_thai = |word: &str| word.chars().all(|c| matches!(c, '\u{e00}'..='\u{e7f}'));
    find(&format!("{first}{second}")).filter(|_| is_thai(first))
}
