//! What the rule of a project requires of a value, where no keyword of the schemas says the same: that it is there, or that its text
//! has a pattern. No schema can use it; JSON Schema has `required` and `pattern`.

use regex::Regex;

use super::{
    Arguments, Collector, Fact, Given, Keyword, Meaning, Pointer, Record, arguments::Fault,
    fact::opening,
};
use crate::{
    calendar::{self, DAWN, is_past_midnight},
    finding::Place,
    message::shown,
    tree::NodeRef,
};

/// Not in the table of keywords.
static KEYWORD: Keyword = Keyword {
    name: "x-requires",
    about: "what the rule of a project requires",
    repeats: true,
    short: None,
    arguments: &[],
    example: "{}",
    between: None,
    read,
};

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    Err(given.fault("only the configuration of a project can require this"))
}

/// The value that is required, and what of it.
#[derive(Clone, Debug)]
pub struct RequiresArguments {
    /// Where the value is.
    pub at: Pointer,
    /// What is required of it.
    pub what: Required,
}

/// What is required of a value.
#[derive(Clone, Debug)]
pub enum Required {
    /// It is there, and it is not blank.
    Present,
    /// Its text, where it has one, has this pattern somewhere.
    Matches(Regex),
    /// Its time is not before the time at this pointer. Days are compared by `x-date`.
    NotBefore(Pointer),
}

/// A value that is not as the rule of a project requires.
#[derive(Clone, Copy, Debug)]
pub struct Refused<'t> {
    /// The value, its key, or the object that lacks it.
    pub place: Place,
    /// The text that does not match; `None` where no value is there.
    pub text: Option<&'t str>,
}

impl RequiresArguments {
    /// The keyword of these arguments.
    #[must_use]
    pub fn keyword() -> &'static Keyword {
        &KEYWORD
    }

    fn refused<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Option<Refused<'t>> {
        let value = self.at.find(node);
        match &self.what {
            Required::Present => {
                if value.is_some_and(is_present) {
                    return None;
                }
                let place = match value {
                    Some(value) => collector.place(value, value.span()),
                    None => collector.place(node, opening(node)),
                };
                Some(Refused { place, text: None })
            }
            Required::Matches(pattern) => {
                let text = collector.text(value?)?;
                let is_refused = !pattern.is_match(text.value);
                is_refused.then_some(Refused { place: text.place, text: Some(text.value) })
            }
            Required::NotBefore(earlier) => {
                let (earlier, later) = (collector.find(node, earlier)?, collector.text(value?)?);
                is_time_before(later.value, earlier.value)
                    .then_some(Refused { place: later.place, text: Some(later.value) })
            }
        }
    }
}

/// Whether a time is before another one on the same day: two times of day, or two moments of one day and one time zone. A time of the
/// night is after an evening.
fn is_time_before(time: &str, other: &str) -> bool {
    let of_day = |text| calendar::time(text).ok();
    if let (Some(time), Some(other)) = (of_day(time), of_day(other)) {
        return time < other && !is_past_midnight(i64::from(other.get()), time, DAWN);
    }
    let moment = |text: &str| calendar::iso_moment(text.trim()).ok();
    let (Some(time), Some(other)) = (moment(time), moment(other)) else { return false };
    let is_one_day = time.date == other.date && time.offset == other.offset;
    is_one_day && time.minute.zip(other.minute).is_some_and(|(time, other)| time < other)
}

/// Whether a value says something: a text that is not blank, a number, a flag, or a list or an object with something in it.
fn is_present(value: NodeRef<'_>) -> bool {
    let value = value.resolved();
    match value.scalar_text() {
        Some(text) => !text.trim().is_empty(),
        None => value.has_children(),
    }
}

impl Arguments for RequiresArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(refused) = self.refused(node, collector) {
            collector.push(node, Meaning::Refused(refused));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Refused(refused) = &fact.meaning else { return String::new() };
        match refused.text {
            Some(text) => format!("`{}` is not as a rule of the project requires", shown(text)),
            None => "a value that a rule of the project requires is missing".to_owned(),
        }
    }
}
