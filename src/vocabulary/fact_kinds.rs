//! Which kinds of facts a record has, so that a rule or a relation is asked only where it can find something: there are many of both,
//! and most records have few kinds of facts.

use super::{Meaning, Record};

/// Kinds of facts, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactKinds(u64);

impl FactKinds {
    /// Those of [`Meaning::Defines`].
    pub const DEFINES: Self = Self(1);
    /// Those of [`Meaning::Cites`].
    pub const CITES: Self = Self(1 << 1);
    /// Those of [`Meaning::Mention`].
    pub const MENTION: Self = Self(1 << 2);
    /// Those of [`Meaning::DateMention`].
    pub const DATE_MENTION: Self = Self(1 << 3);
    /// Those of [`Meaning::ZonedTimes`].
    pub const ZONED_TIMES: Self = Self(1 << 4);
    /// Those of [`Meaning::Unread`].
    pub const UNREAD: Self = Self(1 << 5);
    /// Those of [`Meaning::Value`].
    pub const VALUE: Self = Self(1 << 6);
    /// Those of [`Meaning::Date`].
    pub const DATE: Self = Self(1 << 7);
    /// Those of [`Meaning::Ordered`].
    pub const ORDERED: Self = Self(1 << 8);
    /// Those of [`Meaning::Interval`].
    pub const INTERVAL: Self = Self(1 << 9);
    /// Those of [`Meaning::Speaker`].
    pub const SPEAKER: Self = Self(1 << 10);
    /// Those of [`Meaning::Unnamed`].
    pub const UNNAMED: Self = Self(1 << 11);
    /// Those of [`Meaning::Expects`] where what is expected is not there.
    pub const LACK: Self = Self(1 << 12);
    /// Those of [`Meaning::Unique`].
    pub const UNIQUE: Self = Self(1 << 13);
    /// Those of [`Meaning::Single`].
    pub const SINGLE: Self = Self(1 << 14);
    /// Those of [`Meaning::Sequence`].
    pub const SEQUENCE: Self = Self(1 << 15);
    /// Those of [`Meaning::Notes`].
    pub const NOTES: Self = Self(1 << 16);
    /// Those of [`Meaning::Text`].
    pub const TEXT: Self = Self(1 << 17);
    /// Those of [`Meaning::Blank`].
    pub const BLANK: Self = Self(1 << 18);
    /// Those of [`Meaning::Parts`].
    pub const PARTS: Self = Self(1 << 19);
    /// Those of [`Meaning::Counts`].
    pub const COUNTS: Self = Self(1 << 20);
    /// Those of [`Meaning::Attendance`].
    pub const ATTENDANCE: Self = Self(1 << 21);
    /// Those of [`Meaning::Vote`].
    pub const VOTE: Self = Self(1 << 22);
    /// Those of [`Meaning::Agrees`].
    pub const AGREES: Self = Self(1 << 23);
    /// Those of [`Meaning::Decides`].
    pub const DECIDES: Self = Self(1 << 24);
    /// Those of [`Meaning::Pair`].
    pub const PAIR: Self = Self(1 << 25);
    /// Those of [`Meaning::Prose`].
    pub const PROSE: Self = Self(1 << 26);
    /// Those of [`Meaning::Series`].
    pub const SERIES: Self = Self(1 << 27);
    /// Those of [`Meaning::Version`].
    pub const VERSION: Self = Self(1 << 28);
    /// Those of [`Meaning::Instant`].
    pub const INSTANT: Self = Self(1 << 29);
    /// Those of [`Meaning::Durations`].
    pub const DURATIONS: Self = Self(1 << 30);
    /// Those of [`Meaning::Lasts`].
    pub const LASTS: Self = Self(1 << 31);
    /// All others, which nothing asks for.
    const OTHER: Self = Self(1 << 32);

    /// Those that a record has.
    #[must_use]
    pub fn of(record: &Record<'_>) -> Self {
        record.facts.iter().fold(Self(0), |all, fact| all.or(Self::of_meaning(&fact.meaning)))
    }

    /// These and those.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one is among both.
    #[must_use]
    pub const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn of_meaning(meaning: &Meaning<'_>) -> Self {
        match meaning {
            Meaning::Defines(_) => Self::DEFINES,
            Meaning::Cites(_) => Self::CITES,
            Meaning::Mention(_) => Self::MENTION,
            Meaning::DateMention(_) => Self::DATE_MENTION,
            Meaning::ZonedTimes(_) => Self::ZONED_TIMES,
            Meaning::Unread(_) => Self::UNREAD,
            Meaning::Value(..) => Self::VALUE,
            Meaning::Date(..) => Self::DATE,
            Meaning::Ordered(..) => Self::ORDERED,
            Meaning::Interval(_) => Self::INTERVAL,
            Meaning::Speaker(_) => Self::SPEAKER,
            Meaning::Unnamed(_) => Self::UNNAMED,
            Meaning::Expects(expects) if expects.found == 0 => Self::LACK,
            Meaning::Unique(_) => Self::UNIQUE,
            Meaning::Single(_) => Self::SINGLE,
            Meaning::Sequence(_) => Self::SEQUENCE,
            Meaning::Notes(_) => Self::NOTES,
            Meaning::Text(..) => Self::TEXT,
            Meaning::Blank { .. } => Self::BLANK,
            Meaning::Parts(_) => Self::PARTS,
            Meaning::Counts(_) => Self::COUNTS,
            Meaning::Attendance(_) => Self::ATTENDANCE,
            Meaning::Vote(_) => Self::VOTE,
            Meaning::Agrees(_) => Self::AGREES,
            Meaning::Decides(_) => Self::DECIDES,
            Meaning::Pair(_) => Self::PAIR,
            Meaning::Prose(_) => Self::PROSE,
            Meaning::Series(_) => Self::SERIES,
            Meaning::Version(_) => Self::VERSION,
            Meaning::Instant(_) => Self::INSTANT,
            Meaning::Durations(_) => Self::DURATIONS,
            Meaning::Lasts(_) => Self::LASTS,
            Meaning::Record
            | Meaning::Beside(..)
            | Meaning::Expects(_)
            | Meaning::FileLink(_)
            | Meaning::Refused(_) => Self::OTHER,
        }
    }
}
