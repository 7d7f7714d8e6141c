use super::read;

/// Checks what a date means, in UTC; `-` is no date at all.
#[track_caller]
fn check(written: &str, expected: &str) {
    let read = read(written, None).map(|stamp| stamp.at.to_string());
    assert_eq!(read.as_deref().unwrap_or("-"), expected, "{written:?}");
}

#[test]
fn dates_of_mail_and_of_the_web_are_read() {
    check("Tue, 03 Feb 2026 08:15:10 GMT", "2026-02-03T08:15:10Z");
    check("Tue,03 Feb 2026 08:15:10 +0130", "2026-02-03T06:45:10Z");
    check("  Tue, 3 Feb 26 08:15 EST \n", "2026-02-03T13:15:00Z");
    check("2026-02-03T08:15:10Z", "2026-02-03T08:15:10Z");
    check("2026-02-03t08:15:10.250-00:20", "2026-02-03T08:35:10.25Z");
    check("2026-02-03 08:15:10+01", "2026-02-03T07:15:10Z");
    check("20260203T081510Z", "2026-02-03T08:15:10Z");
    check("Tue Feb  3 08:15:10 2026", "2026-02-03T08:15:10Z");
    check("Tue Feb 03 08:15:10 +0000 2026", "2026-02-03T08:15:10Z");
    check("2026-02-03", "2026-02-03T00:00:00Z");
    check("2026-034", "2026-02-03T00:00:00Z");
    check("2026-02", "2026-02-01T00:00:00Z");
    check("Tue, 03 Feb 2026 24:00:00 GMT", "2026-02-04T00:00:00Z");
    check("2026-06-30T23:59:60Z", "2026-06-30T23:59:59Z");
}

#[test]
fn numbers_alone_are_an_epoch_or_a_basic_form() {
    check("1770106510", "2026-02-03T08:15:10Z");
    check("1770106510000", "2026-02-03T08:15:10Z");
    check("1770106510.5", "2026-02-03T08:15:10Z");
    check("20260203081510", "2026-02-03T08:15:10Z");
    check("20260203", "2026-02-03T00:00:00Z");
    check("26034", "2026-02-03T00:00:00Z");
    check("99999999999999999999", "-");
}

#[test]
fn zones_are_known_by_name() {
    check("Fri, 03 Jul 2026 10:00:00 BST", "2026-07-03T09:00:00Z");
    check("Fri, 03 Jul 2026 10:00:00 CEST", "2026-07-03T08:00:00Z");
    check("Fri, 03 Jul 2026 10:00:00 HKT", "2026-07-03T02:00:00Z");
    check("Fri, 03 Jul 2026 10:00:00 GMT+0800 (CST)", "2026-07-03T02:00:00Z");
    check("Fri, 03 Jul 2026 10:00 America/New_York", "2026-07-03T14:00:00Z");
    check("Fri, 03 Jan 2026 10:00 America/New_York", "2026-01-03T15:00:00Z");
    check("3 July 2026 10:00 Europe/Berlin", "2026-07-03T08:00:00Z");
    check("July 3, 2026 at 10:00", "2026-07-03T10:00:00Z");
    let stamp = read("2026-07-03 10:00 Europe/Berlin", None).unwrap();
    assert_eq!(stamp.offset_s, Some(7200));
}

#[test]
fn a_zone_is_taken_for_granted_where_none_is_told() {
    let stamp = read("2026-02-03 08:15", Some(8 * 3600)).unwrap();
    assert_eq!(stamp.at.to_string(), "2026-02-03T00:15:00Z");
    assert_eq!((stamp.offset_s, stamp.written.as_str()), (None, "2026-02-03 08:15"));
    let stamp = read("2026-02-03 08:15 UTC", Some(8 * 3600)).unwrap();
    assert_eq!((stamp.at.to_string().as_str(), stamp.offset_s), ("2026-02-03T08:15:00Z", Some(0)));
}

#[test]
fn the_order_of_day_and_month_is_found() {
    check("03.02.2026 08:15 Uhr", "2026-02-03T08:15:00Z");
    check("3. 2. 2026", "2026-02-03T00:00:00Z");
    check("13/05/2021 - 00:02", "2021-05-13T00:02:00Z");
    check("05/13/2021", "2021-05-13T00:00:00Z");
    check("02/03/2026 8:15 PM", "2026-02-03T20:15:00Z");
    check("03/02/2026 20:15", "2026-02-03T20:15:00Z");
    check("2026/2/3 8:15", "2026-02-03T08:15:00Z");
    check("26-02-03", "2026-02-03T00:00:00Z");
    check("03-Feb-2026", "2026-02-03T00:00:00Z");
}

#[test]
fn halves_of_the_day_are_known() {
    check("February 3, 2026 12:05 AM", "2026-02-03T00:05:00Z");
    check("Feb. 3, 2026, 8:15 p.m. EST", "2026-02-04T01:15:00Z");
    check("2026年2月3日 下午8:15", "2026-02-03T20:15:00Z");
    check("2026-02-03 오후 08:15:10", "2026-02-03T11:15:10Z");
    check("3 Φεβρουαρίου 2026 8:15 μ.μ.", "2026-02-03T20:15:00Z");
    check("٣ فبراير ٢٠٢٦، ٨:١٥ م", "2026-02-03T20:15:00Z");
    check("February 3, 2026 8 pm", "2026-02-03T20:00:00Z");
    check("Feb 3rd, 2026 at 12am EST", "2026-02-03T05:00:00Z");
}

#[test]
fn times_are_told_with_a_point_or_by_the_hour() {
    check("3.2.2026 klo 8.15", "2026-02-03T08:15:00Z");
    check("3. feb. 2026 kl. 8.15", "2026-02-03T08:15:00Z");
    check("3 Februari 2026 pukul 8.15 WIB", "2026-02-03T01:15:00Z");
    check("3. Februar 2026, 8 Uhr", "2026-02-03T08:00:00Z");
    check("3 février 2026 à 20 h", "2026-02-03T20:00:00Z");
    check("3 h", "-");
}

#[test]
fn years_of_reigns_and_republics_are_known() {
    check("民國115年2月3日", "2026-02-03T00:00:00Z");
    check("令和8年2月3日 8:15", "2026-02-03T08:15:00Z");
    check("平成31年4月1日", "2019-04-01T00:00:00Z");
    check("3 ก.พ. 2569 8:15", "2026-02-03T08:15:00Z");
    check("03/02/2569", "2026-02-03T00:00:00Z");
}

#[test]
fn months_are_known_in_the_languages_of_the_news() {
    for written in [
        "3. Juli 2026",
        "3 juillet 2026",
        "vie, 3 de julio de 2026",
        "venerdì 3 luglio 2026",
        "3 de julho de 2026",
        "3 lipca 2026",
        "3 июля 2026 г.",
        "3 липня 2026",
        "3 Ιουλίου 2026",
        "2026. július 3.",
        "3 Temmuz 2026",
        "3 يوليو 2026",
        "٣ تموز ٢٠٢٦",
        "3 ביולי 2026",
        "3 juli 2026",
        "3 iulie 2026",
        "2026年7月3日",
        "2026年07月03日(金)",
        "3 กรกฎาคม 2569",
        "Ngày 3 tháng 7, 2026",
        "3 जुलाई 2026",
        "3. srpnja 2026.",
        "3. јул 2026.",
        "3. júla 2026",
        "2026 m. liepos 3 d.",
        "2026. gada 3. jūlijs",
        "3. juuli 2026",
        "3. heinäkuuta 2026",
        "3 korrik 2026",
        "3 iyul 2026",
        "3 Julai 2026",
        "3 ліпеня 2026",
        "3 шілде 2026",
        "3 ივლისი 2026",
        "3 հուլիսի 2026",
        "৩ জুলাই ২০২৬",
        "3 ஜூலை 2026",
        "3 జూలై 2026",
        "3 જુલાઈ 2026",
        "3 ಜುಲೈ 2026",
        "3 ജൂലൈ 2026",
        "3 जुलै 2026",
        "3 ਜੁਲਾਈ 2026",
        "3 جولائی 2026",
        "៣ កក្កដា ២០២៦",
        "໓ ກໍລະກົດ ໒໐໒໖",
        "၃ ဇူလိုင် ၂၀၂၆",
        "3 ජූලි 2026",
    ] {
        check(written, "2026-07-03T00:00:00Z");
    }
    check("2026년 7월 3일 09:00", "2026-07-03T00:00:00Z");
    check("mar, 3 feb 2026 08:15", "2026-02-03T08:15:00Z");
    check("Sen, 3 Feb 2026 08:15", "2026-02-03T08:15:00Z");
    check("Paz, 3 Şub 2026 08:15", "2026-02-03T08:15:00Z");
    check("marți, 3 februarie 2026", "2026-02-03T00:00:00Z");
    check("2026年2月3日 8时15分10秒", "2026-02-03T08:15:10Z");
    check("3 février 2026 à 8h15", "2026-02-03T08:15:00Z");
}

#[test]
fn what_is_no_date_is_none() {
    for written in [
        "",
        "yesterday",
        "-1",
        "0000-00-00 00:00:00",
        "2026-02-30",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "3 hours ago",
        "7",
        "習近平",
        "9223372036854775808",
        "::::++++----",
        "2026-13-01",
    ] {
        check(written, "-");
    }
    check(&"1".repeat(300), "-");
}

#[test]
fn no_heap_of_words_and_numbers_panics() {
    const PIECES: [&str; 24] = [
        "0",
        "7",
        "31",
        "99",
        "123",
        "2026",
        "20260203",
        "99999999999",
        "-",
        "+",
        "/",
        ".",
        ":",
        " ",
        "T",
        "Z",
        "Feb",
        "mar",
        "PM",
        "年",
        "월",
        "下午",
        "America/New_York",
        "GMT",
    ];
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..dice % 11 {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            text.push_str(PIECES[(dice % PIECES.len() as u64) as usize]);
        }
        dice = dice.rotate_left(5) ^ 0x9e37;
        if let Some(stamp) = read(&text, Some(3600)) {
            assert_eq!(stamp.written, text.trim());
        }
    }
}
