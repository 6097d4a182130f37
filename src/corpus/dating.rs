//! The day by which a record was finished.

use jiff::civil::Date;

use crate::{
    fact::{Meaning, Record},
    vocabulary::Expected,
};

/// The latest date of a record. It is not certain, and so not there, where one of its dates cannot be
/// read, or where the date is missing that the schema expects: a summary bears the day of its debate
/// and is written afterwards.
pub(super) fn last_date(record: &Record<'_>) -> Option<Date> {
    if record.unmet(Expected::Date).next().is_some() {
        return None;
    }
    let mut last = None;
    for fact in &record.facts {
        if let Meaning::Date(_, text) = &fact.meaning {
            last = last.max(Some(text.date?));
        }
    }
    last
}
