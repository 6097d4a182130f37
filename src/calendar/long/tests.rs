use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::{long_in, weekday_name, weekday_of};

/// The dates found in `text`: the text of each, its ISO form and its weekday.
fn found(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    find_dates(text, |each| {
        all.push(match each {
            Ok(day) => {
                let written = &text[day.span().range()];
                let range = if day.ends_range { " ends a range" } else { "" };
                format!("{written}={}{range}", day.date)
            }
            Err(error) => format!("{}: {error}", &text[error.span.range()]),
        });
    });
    all
}

#[test]
fn whole_values_are_read_in_three_languages() {
    for text in [
        "19 May 2011",
        "Thursday, 19 May 2011",
        "Thursday 19 May, 2011",
        "Thursday, the 19th of May 2011",
        "May 19, 2011",
        "Thursday, May 19, 2011",
        "May 19 2011",
        "19 MAY 2011",
        "19\u{a0}May\u{202f}2011",
        "  19 May 2011\n",
        "jeudi 19 mai 2011",
        "jeudi, le 19 mai 2011",
        "19 de mayo de 2011",
        "jueves 19 de mayo de 2011",
        "Jueves, 19 de Mayo del 2011",
        "19 mayo 2011",
    ] {
        let read = long_date(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.date, date(2011, 5, 19), "{text}");
        assert_eq!(
            read.weekday.is_some(),
            text.to_lowercase().contains('j') || text.contains("Th")
        );
    }
    assert_eq!(long_date("1er mai 2011").unwrap().date, date(2011, 5, 1));
    assert_eq!(long_date("1.º de mayo de 2011").unwrap().date, date(2011, 5, 1));
    assert_eq!(long_date("3 AOUT 2011").unwrap().date, date(2011, 8, 3));
    assert_eq!(long_date("29 February 2012").unwrap().date, date(2012, 2, 29));
}

#[test]
fn parts_of_a_value_know_their_place() {
    let text = "\u{a0}Miércoles, 18 de mayo de 2011 ";
    let read = long_date(text).unwrap();
    let (weekday, span) = read.weekday.unwrap();
    assert_eq!((weekday, &text[span.range()]), (Weekday::Wednesday, "Miércoles"));
    assert_eq!(&text[read.date_span.range()], "18 de mayo de 2011");
    assert_eq!(read.language, Language::Spanish);
    assert_eq!(long_date("May 19, 2011").unwrap().date_span, Span::new(0, 12));
}

#[test]
fn what_is_no_whole_date_says_why() {
    let wrong = |text: &str| {
        let error = long_date(text).unwrap_err();
        format!("{error}: {}", &text[error.span.range()])
    };
    for (text, message) in [
        ("", "not a date like `19 May 2011`: "),
        ("  ", "not a date like `19 May 2011`: "),
        ("2011-05-19", "not a date like `19 May 2011`: 2011-05-19"),
        ("next Thursday", "not a date like `19 May 2011`: next Thursday"),
        ("17-18 May 2011", "not a date like `19 May 2011`: 17-18 May 2011"),
        ("19 de May de 2011", "not the name of a month: May"),
        ("19 May", "the year is missing: 19 May"),
        ("Thursday, 19 May 11", "the year is missing: Thursday, 19 May 11"),
        ("May 2011", "the day is missing: May 2011"),
        ("19 Febuary 2011", "not the name of a month: Febuary"),
        ("31 April 2011", "April has 30 days: 31"),
        ("Tuesday, 29 February 2011", "February 2011 has 28 days: 29"),
        ("0 May 2011", "there is no day 0: 0"),
        ("Thurday, 19 May 2011", "text that does not belong to the date: Thurday, "),
        ("19 May 2011.", "text that does not belong to the date: ."),
        ("19 May 2011, New York", "text that does not belong to the date: , New York"),
    ] {
        assert_eq!(wrong(text), message);
    }
}

#[test]
fn the_weekday_statements_of_a_debate_are_found_and_right() {
    // The shapes in which a day of the week comes before a date: alone on a line, in a sentence,
    // with the comma in the wrong place, in bold before a hard line break.
    let text = "Thursday, 19 May 2011\n\nIt is held on Thursday, 19 May 2011. As I wrote, it begins \
                on Thursday 19 May, 2011, at ten.\n\nThursday, 19 May 2011\n\n**Thursday, 19 May \
                2011  \nConference Room 4**\n\nThursday, 19 May 2011\n**Thursday,\u{a0}19 May 2011";
    let mut weekdays = 0;
    find_dates(text, |each| {
        let day = each.unwrap();
        assert_eq!(day.weekday.unwrap().0, weekday_of(day.date));
        assert_eq!(weekday_name(weekday_of(day.date), day.language), "Thursday");
        weekdays += 1;
    });
    assert_eq!(weekdays, 7);
}

#[test]
fn prose_gives_up_its_dates_in_order() {
    assert_eq!(
        found(
            "Resolutions 58/208 of 23 December 2003, 57/270 B of 23 June 2003 (see A/65/203), \
             le jeudi 19 mai 2011 et le 1er août 2012; el 19 de mayo de 2011, on May 3, 1999 and \
             *5 April 2011*; 24 December 2107"
        ),
        [
            "23 December 2003=2003-12-23",
            "23 June 2003=2003-06-23",
            "jeudi 19 mai 2011=2011-05-19",
            "1er août 2012=2012-08-01",
            "19 de mayo de 2011=2011-05-19",
            "May 3, 1999=1999-05-03",
            "5 April 2011=2011-04-05",
            "24 December 2107=2107-12-24",
        ]
    );
}

#[test]
fn less_than_a_full_date_is_skipped() {
    for text in [
        "States may 2011 times ask",
        "States May 2011",
        "In May 2011 and on 19 May, they met",
        "on 17-18 May in New York",
        "19 May\n\n2011",
        "paragraph 19. May 2011",
        "58/20 May 2011",
        "1,019 May 2011 or 1.19 May 2011 or B19 May 2011",
        "vol. 12 May 2011, No. 30 February 2011, n° 4 mai 2011, pp. 3 June 2011",
        "60 May 2011, 0 May 2011",
        "at 19 May 1530 hours",
        "19 May 1030 pages",
        "19 May 20110, 19 May 2011th, 119 May 2011",
        "19th-century May 2011",
        "19 Mayor 2011",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
    // The nearest that are dates.
    assert_eq!(found("there is no 19 May 2011"), ["19 May 2011=2011-05-19"]);
    assert_eq!(found("19 May\n2011"), ["19 May\n2011=2011-05-19"]);
    assert_eq!(found("May 19. May 20, 2011"), ["May 20, 2011=2011-05-20"]);
}

#[test]
fn days_no_calendar_has_are_errors() {
    assert_eq!(
        found("by 31 June 2011, 30 June 2011"),
        ["31: June has 30 days", "30 June 2011=2011-06-30"]
    );
    assert_eq!(found("29 février 1900"), ["29: February 1900 has 28 days"]);
    assert_eq!(found("29 février 2000"), ["29 février 2000=2000-02-29"]);
}

#[test]
fn the_end_of_a_range_has_no_weekday() {
    for (text, last) in [
        ("Tuesday, 17-18 May 2011", "18 May 2011=2011-05-18"),
        ("17–18 May 2011", "18 May 2011=2011-05-18"),
        ("Tuesday and Wednesday, 17 and 18 May 2011", "18 May 2011=2011-05-18"),
        ("30 April – 2 May 2011", "2 May 2011=2011-05-02"),
        ("du 1er au 3 mai 2011", "3 mai 2011=2011-05-03"),
        ("del 17 al 19 de mayo de 2011", "19 de mayo de 2011=2011-05-19"),
    ] {
        assert_eq!(found(text), [format!("{last} ends a range")], "{text}");
    }
    assert_eq!(
        found("1 July 2010–30 June 2011, from Monday to Thursday, 19 May 2011"),
        ["1 July 2010=2010-07-01", "30 June 2011=2011-06-30", "Thursday, 19 May 2011=2011-05-19"]
    );
    assert_eq!(found("57/20 and 18 May 2011"), ["18 May 2011=2011-05-18"]);
}

#[test]
fn only_a_weekday_directly_before_counts() {
    let weekday = |text: &str| {
        let mut all = Vec::new();
        find_dates(text, |each| {
            all.push(each.unwrap().weekday.map(|(weekday, _)| weekday));
        });
        all
    };
    assert_eq!(weekday("Friday, the 20th of May 2011"), [Some(Weekday::Friday)]);
    assert_eq!(weekday("Friday\n20 May 2011"), [Some(Weekday::Friday)]);
    assert_eq!(weekday("Friday\n\n20 May 2011"), [None]);
    assert_eq!(weekday("on Friday. 20 May 2011"), [None]);
    assert_eq!(weekday("on Friday before 20 May 2011"), [None]);
    assert_eq!(weekday("Fridays, 20 May 2011"), [None]);
}

/// Pieces that make dates, and almost dates.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Thursday",
        "jeudi",
        "miércoles",
        ",",
        " ",
        "\u{a0}",
        "\n",
        "19",
        "1er",
        "31",
        "th",
        "of",
        "de",
        "del",
        "le",
        "the",
        "May",
        "mai",
        "févr\u{301}ier",
        "mayo",
        "February",
        "2011",
        "1.º",
        "–",
        "-",
        "and",
        ".",
        "é",
        "º",
        "/",
        "№",
        "a",
        "No.",
        "12345",
        "\u{301}",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_date_written_in_any_language_reads_back(
        (year, month, day) in (1500_i16..=2999, 1_i8..=12, 1_i8..=28),
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let date = date(year, month, day);
        let text = long_in(date, language);
        let read = long_date(&text).unwrap();
        prop_assert_eq!((read.date, read.language, read.weekday), (date, language, None));
        prop_assert_eq!(&text[read.date_span.range()], &text);
        let named = format!("{} {text}", weekday_name(weekday_of(date), language));
        let read = long_date(&named).unwrap();
        prop_assert_eq!(read.weekday.map(|(weekday, _)| weekday), Some(weekday_of(date)));
        let mut all = Vec::new();
        find_dates(&format!("({named})"), |each| all.push(each.unwrap().date));
        prop_assert_eq!(all, vec![date]);
    }

    #[test]
    fn spans_are_inside_the_text_and_in_order(text in prop_oneof![pieces(), "\\PC{0,40}"]) {
        if let Err(error) = long_date(&text) {
            prop_assert!(text.get(error.span.range()).is_some());
        }
        let mut last = 0;
        let mut spans = Vec::new();
        find_dates(&text, |each| spans.push(each.map_or_else(|error| error.span, |day| day.span())));
        for span in spans {
            prop_assert!(text.get(span.range()).is_some());
            prop_assert!(span.start >= last && span.end > span.start);
            last = span.end;
        }
    }

    #[test]
    fn what_prose_yields_is_a_whole_date_of_its_own(text in pieces()) {
        find_dates(&text, |each| {
            if let Ok(day) = each {
                let alone = long_date(&text[day.span().range()]).unwrap();
                assert_eq!(alone.date, day.date);
                assert_eq!(alone.weekday.is_some(), day.weekday.is_some());
            }
        });
    }
}
