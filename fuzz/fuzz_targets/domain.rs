//! Symbols, citations, dates, times and names are read from any text, and each place is in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur::{calendar, person, symbol};

fuzz_target!(|text: &str| {
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
    calendar::find_dates(text, |found| {
        let span = found.map_or_else(|error| error.span, |date| date.span());
        assert!(text.get(span.range()).is_some(), "{span:?}");
    });
    calendar::find_zoned(text, |moment| {
        assert!(moment.iter().all(|time| text.get(time.range.clone()).is_some()));
    });
    let _ = (calendar::long_date(text), calendar::iso_moment(text), calendar::time(text));
    // A name is itself, and what is left of it is a part of it.
    let _ = person::compare(text, text);
    assert!(text.contains(person::core(text)));
    let _ = (person::honorific(text), person::stand_in(text), person::spelling(text));
    let _ = person::Office::read(&[text], &[]).agrees(&person::Office::read(&[text], &[]));
});
