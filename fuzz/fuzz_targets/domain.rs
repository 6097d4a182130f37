//! Symbols, citations, dates, times and names are read from any text, and each place is in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur::{calendar, person, symbol};

fuzz_target!(|text: &str| {
    symbols(text);
    dates(text);
    times(text);
    // Two names are those before and after a line break.
    let (first, second) = text.split_once('\n').unwrap_or((text, text));
    names(first, second);
});

fn symbols(text: &str) {
    if let Ok(symbol::Parsed::Known { symbol, .. }) = symbol::parse_symbol(text) {
        // What is written back is the same symbol.
        let again = symbol::parse_symbol(symbol.key());
        assert!(
            matches!(&again, Ok(symbol::Parsed::Known { symbol: same, .. }) if same.key() == symbol.key()),
            "{again:?}"
        );
    }
    let _ = (symbol::parse_citation(text), symbol::whole_reference(text), symbol::ordinal(text));
    symbol::find(text, |found| {
        assert!(text.get(found.range.clone()).is_some(), "{:?}", found.range);
        if let Some((_, range)) = symbol::paragraph_cited(text, &found) {
            assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
    });
}

fn dates(text: &str) {
    calendar::find_dates(text, |found| {
        let span = found.map_or_else(|error| error.span, |date| date.span());
        assert!(text.get(span.range()).is_some(), "{span:?}");
    });
    for order in [calendar::Order::DayMonthYear, calendar::Order::MonthDayYear, calendar::Order::YearMonthDay] {
        if let Ok(date) = calendar::numeric_date(text, order) {
            // What is written back is the same date.
            assert_eq!(calendar::numeric_date(&calendar::in_numbers(date, order), order), Ok(date));
        }
    }
    if let Ok(date) = calendar::iso_date(text) {
        assert_eq!(calendar::iso_date(&date.to_string()), Ok(date));
        let _ = (calendar::placeholder(date), calendar::is_plausible(date), calendar::long(date));
    }
    let _ = (calendar::long_date(text), calendar::iso_moment(text), calendar::near_date(text));
    let _ = (calendar::extent(text), calendar::epoch_date(text), calendar::canonical(text));
}

fn times(text: &str) {
    calendar::find_zoned(text, |moment| {
        assert!(moment.iter().all(|time| text.get(time.range.clone()).is_some()));
    });
    let _ = (calendar::time(text), calendar::time_range(text), calendar::near_time(text));
    let _ = (calendar::bare_time(text), calendar::duration(text), calendar::is_week_or_day_of_year(text));
    let _ = (calendar::zone(text), calendar::nearest_zone(text));
}

fn names(first: &str, second: &str) {
    // Whichever name comes first, and a name is not another than itself.
    assert_eq!(person::compare(first, second), person::compare(second, first));
    for name in [first, second] {
        let _ = person::compare(name, name);
        // What is left of a name is a part of it.
        assert!(name.contains(person::core(name)));
        for range in [person::honorific(name), person::form_of_address(name)].into_iter().flatten() {
            assert!(name.get(range.clone()).is_some(), "{range:?}");
        }
        let _ = (person::stand_in(name), person::spelling(name), person::is_placeholder(name));
        let _ = person::tbc_mark(name);
    }
    let offices = (person::Office::read(&[first], &[second]), person::Office::read(&[second], &[]));
    let _ = (offices.0.agrees(&offices.1), offices.0.contradicts(&offices.1));
}
