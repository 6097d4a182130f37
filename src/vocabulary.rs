//! The keywords that begin with `x-`, by which a schema says what its values mean.
//!
//! A keyword is one file: its arguments, the fact that it gives, how the fact is taken from a value, what `rapporteur facts`
//! prints of it, and tests. It has one line in the table here; a fact of a new kind has one in [`Meaning`]. The schema of the
//! keywords and the tables of `docs/vocabulary.md` are made from the table.

mod acts;
mod agrees;
mod attendance;
mod cites;
mod context;
mod counts;
mod date;
mod decides;
mod defines;
mod durations;
mod expects;
mod form;
mod instant;
mod interval;
mod link;
mod mentions;
mod moment;
mod night;
mod notes;
mod pairs;
mod parts;
mod prose;
mod record;
mod requires;
mod sequence;
mod series;
mod speaker;
mod text;
mod unique;
mod unread;
mod version;
mod vote;

mod arguments;
mod collector;
mod fact;
mod fact_kinds;
pub mod key;
mod keyword;
mod page;
mod pointer;
mod read;
mod schema;
mod space;
mod status;
#[cfg(test)]
mod testing;

pub use acts::NamedAct;
pub use agrees::{Agrees, AgreesArguments};
pub use arguments::{Fault, Given};
pub use attendance::{AttendanceArguments, Attendees, Partly, Share};
pub use cites::{CitesArguments, Link};
pub use collector::{Collector, Context};
pub use context::ContextArguments;
pub(crate) use counts::quoted_each;
pub use counts::{Counts, CountsArguments, Total};
pub use date::{DateArguments, DateRole, Side};
pub use decides::{DecidesArguments, Decision, Identity};
pub use defines::DefinesArguments;
pub use durations::{Durations, DurationsArguments};
pub use expects::{Expected, Expects, ExpectsArguments};
pub use fact::{DateText, Fact, NoteId, Numbered, Record, Text, bare, place_of};
pub use fact_kinds::FactKinds;
pub use form::{Form, FormArguments};
pub use instant::{Instant, InstantArguments, LocalTime};
pub use interval::{Interval, IntervalArguments, Lasts, Tracks};
pub use keyword::{Argument, Arguments, Choice, Keyword, Kind, Origin, WHEN};
pub use link::{FileLink, LinkArguments, LinkBase};
pub use mentions::{Mention, MentionsArguments, ZonedText};
pub use moment::{Moment, Unit};
pub use notes::{Notes, NotesArguments};
pub use page::section;
pub use pairs::{Pair, PairsArguments};
pub use parts::{PartsArguments, SymbolParts};
pub use pointer::{Part, Path, Pointer, Step};
pub use prose::{Prose, ProseArguments};
pub use read::{KeywordError, Use, find, read};
pub use record::{Head, OwnOrgan, RecordArguments, Style};
pub use requires::{Refused, Required, RequiresArguments};
pub use schema::json_schema;
pub use sequence::{Sequence, SequenceArguments};
pub(crate) use series::numbered;
pub use series::{Series, SeriesArguments};
pub use space::{Key, KeyArguments, KeyOptions, owner_of, space_of};
pub use speaker::{Presence, Speaker, SpeakerArguments};
pub use status::{SpeakerState, StatePointer, Stated, States, Status};
pub use text::{TextArguments, TextKind};
pub use unique::{Among, Single, Unique, UniqueArguments, UniqueEntry};
pub use unread::{Bound, End, Unread, Wanted};
pub use version::{Version, VersionArguments};
pub use vote::{Ballot, Majority, Outcome, Vote, VoteArguments};

use self::date::date_text;

/// Every keyword, sorted by name.
pub static KEYWORDS: &[&Keyword] = &[
    &agrees::KEYWORD,
    &attendance::KEYWORD,
    &cites::KEYWORD,
    &context::KEYWORD,
    &counts::KEYWORD,
    &date::KEYWORD,
    &decides::KEYWORD,
    &defines::KEYWORD,
    &durations::KEYWORD,
    &expects::KEYWORD,
    &form::KEYWORD,
    &instant::KEYWORD,
    &interval::KEYWORD,
    &link::KEYWORD,
    &mentions::KEYWORD,
    &notes::KEYWORD,
    &pairs::KEYWORD,
    &parts::KEYWORD,
    &prose::KEYWORD,
    &record::KEYWORD,
    &sequence::KEYWORD,
    &series::KEYWORD,
    &speaker::KEYWORD,
    &text::KEYWORD,
    &unique::KEYWORD,
    &version::KEYWORD,
    &vote::KEYWORD,
];

/// What a fact says. Every rule looks through all facts of a record, so what is large is kept beside them.
#[derive(Debug)]
pub enum Meaning<'t> {
    /// The record names itself and its context; the values are in [`Record::head`].
    Record,
    /// Something is defined.
    Defines(Box<Key<'t>>),
    /// Something is cited.
    Cites(Box<Key<'t>>),
    /// Something is cited in prose.
    Mention(Box<Mention<'t>>),
    /// A full date is written in prose.
    DateMention(Box<DateText<'t>>),
    /// One moment is written in prose for several time zones.
    ZonedTimes(Box<[ZonedText<'t>]>),
    /// A value cannot be read as what its schema declares.
    Unread(Box<Unread<'t>>),
    /// A value in a form that can be checked.
    Value(Form, Text<'t>),
    /// A date of the record.
    Date(DateRole, Box<DateText<'t>>),
    /// Of two dates of the record, the first is not after the second, which is this one of its dates.
    Ordered(DateRole, Box<[DateText<'t>; 2]>),
    /// A date of the record is on one side of its event.
    Beside(Side, Box<DateText<'t>>),
    /// One moment is given in several time zones.
    Instant(Box<Instant<'t>>),
    /// Items take their time, and there is some for all of them.
    Durations(Box<Durations<'t>>),
    /// A stretch of time.
    Interval(Box<Interval<'t>>),
    /// How long a stretch of time lasts, beside its start and its end.
    Lasts(Box<Lasts<'t>>),
    /// Someone who speaks.
    Speaker(Box<Speaker<'t>>),
    /// An entry of a list of speakers that has no name, no office and no delegation.
    Unnamed(Box<Speaker<'t>>),
    /// Someone or something must be there.
    Expects(Box<Expects<'t>>),
    /// Items of a list must differ.
    Unique(Unique<'t>),
    /// The record is the only one of something.
    Single(Single<'t>),
    /// Items of a list are numbered.
    Sequence(Box<Sequence<'t>>),
    /// A text with notes.
    Notes(Notes<'t>),
    /// Text to compare with other records.
    Prose(Prose<'t>),
    /// Something that other records of the event say as well.
    Agrees(Box<Agrees<'t>>),
    /// The record is one of several versions.
    Version(Version<'t>),
    /// A text whose wording can be judged.
    Text(TextKind, Text<'t>),
    /// Such a text that is blank.
    Blank {
        /// Whether a schema requires its property, or it is an item of a list.
        is_required: bool,
    },
    /// It was decided whether names are those of one person.
    Decides(Box<Decision<'t>>),
    /// A symbol, and values that repeat parts of it.
    Parts(Box<SymbolParts<'t>>),
    /// A figure counts something.
    Counts(Box<Counts<'t>>),
    /// Who was present, and how many have to be.
    Attendance(Box<Attendees<'t>>),
    /// A vote, and what became of the motion.
    Vote(Box<Vote<'t>>),
    /// The record is numbered with others.
    Series(Box<Series<'t>>),
    /// The record comes with another one of its day.
    Pair(Box<Pair<'t>>),
    /// A value leads to a file of the project.
    FileLink(FileLink<'t>),
    /// A value is not as the rule of a project requires.
    Refused(Refused<'t>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_and_their_arguments_named_once() {
        assert!(KEYWORDS.is_sorted_by(|a, b| a.name < b.name));
        for keyword in KEYWORDS {
            let mut names: Vec<&str> = keyword.arguments.iter().map(|one| one.name).collect();
            names.push(WHEN.name);
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", keyword.name);
            let short =
                keyword.short.map(|name| keyword.arguments.iter().find(|one| one.name == name));
            assert!(short.is_none_or(|argument| argument.is_some()), "{}", keyword.name);
        }
    }

    #[test]
    fn what_is_said_of_an_argument_is_a_fragment() {
        for argument in KEYWORDS.iter().flat_map(|keyword| keyword.arguments) {
            assert!(!argument.about.ends_with('.'), "{}", argument.about);
            assert!(!argument.about.starts_with(char::is_uppercase), "{}", argument.about);
        }
    }
}
