//! Sessions of the General Assembly: how their resolutions are numbered.

use std::ops::RangeInclusive;

use super::{Act, Citation, Form, Organ, Session};

/// The last regular session whose resolutions carry its number in roman numerals, and the last of
/// the 3541 resolutions so numbered (Dag Hammarskjöld Library, "General Assembly resolutions").
pub const LAST_ROMAN_SESSION: u16 = 30;
/// The same for special sessions.
pub const LAST_ROMAN_SPECIAL: u16 = 7;
/// The same for emergency special sessions.
pub const LAST_ROMAN_EMERGENCY: u16 = 5;
/// The greatest number of a resolution in the roman form.
pub const LAST_ROMAN_NUMBER: u32 = 3541;

/// Sessions later than this are mistakes: the hundred-and-fiftieth would open in 2095.
pub(super) const LAST_SESSION: u16 = 150;

/// Resolutions whose session is certain, in the order of their numbers, which is the order of their
/// adoption up to 1975: 181 (II) of 29 November 1947, 217 (III) of 10 December 1948, and so on.
const ANCHORS: [(u16, Session); 37] = [
    (1, Session::Regular(1)),
    (97, Session::Regular(1)),
    (104, Session::Special(1)),
    (106, Session::Special(1)),
    (181, Session::Regular(2)),
    (186, Session::Special(2)),
    (217, Session::Regular(3)),
    (302, Session::Regular(4)),
    (377, Session::Regular(5)),
    (845, Session::Regular(9)),
    (973, Session::Regular(10)),
    (998, Session::Emergency(1)),
    (1004, Session::Emergency(2)),
    (1102, Session::Regular(11)),
    (1228, Session::Regular(12)),
    (1348, Session::Regular(13)),
    (1514, Session::Regular(15)),
    (1803, Session::Regular(17)),
    (1874, Session::Special(4)),
    (1970, Session::Regular(18)),
    (2003, Session::Regular(19)),
    (2106, Session::Regular(20)),
    (2222, Session::Regular(21)),
    (2248, Session::Special(5)),
    (2252, Session::Emergency(5)),
    (2373, Session::Regular(22)),
    (2480, Session::Regular(23)),
    (2612, Session::Regular(24)),
    (2625, Session::Regular(25)),
    (2832, Session::Regular(26)),
    (3026, Session::Regular(27)),
    (3187, Session::Regular(28)),
    (3201, Session::Special(6)),
    (3357, Session::Regular(29)),
    (3362, Session::Special(7)),
    (3499, Session::Regular(30)),
    (3541, Session::Regular(30)),
];

/// The numbers that resolutions of a session in the roman form can have: those between resolutions
/// known to be of earlier and of later sessions. `None` for sessions that use another form and for
/// special sessions of which no resolution serves as an anchor.
#[must_use]
pub fn roman_bracket(session: Session) -> Option<RangeInclusive<u16>> {
    let regular = |s: Session| match s {
        Session::Regular(n) => Some(n),
        _ => None,
    };
    let own = ANCHORS.iter().position(|(_, s)| *s == session);
    let last = ANCHORS.iter().rposition(|(_, s)| *s == session);
    let (before, after) = match (session, own) {
        (Session::Regular(n @ 1..=LAST_ROMAN_SESSION), _) => (
            ANCHORS.iter().rposition(|(_, s)| regular(*s).is_some_and(|m| m < n)),
            ANCHORS.iter().position(|(_, s)| regular(*s).is_some_and(|m| m > n)),
        ),
        (Session::Regular(_), _) | (_, None) => return None,
        (_, Some(index)) => (index.checked_sub(1), last.map(|last| last + 1)),
    };
    let first = before.map_or(1, |index| ANCHORS[index].0 + 1);
    let last = after.and_then(|index| ANCHORS.get(index)).map_or(3541, |(n, _)| n - 1);
    Some(first..=last)
}

/// A resolution of the General Assembly in a form, or with a number, that its session cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormIssue {
    /// Roman form, but the session uses the slash: `225 (LXIII)`.
    RomanAfterChange,
    /// Slash form, but the session uses the roman form: `3/217`.
    SlashBeforeChange,
    /// Roman form with a number that no resolution in that form has.
    NumberTooHigh,
    /// Roman form with a number that belongs to another session.
    OutsideBracket(RangeInclusive<u16>),
}

/// Whether the form of a General Assembly resolution fits its session. Nothing is said of other
/// organs, which kept the roman form longer.
///
/// Sources: A/66/49, identification note (roman up to the thirtieth session and the seventh special
/// session, slash from the thirty-first and the eighth special session); for emergency special sessions
/// the Dag Hammarskjöld Library, "General Assembly resolutions": roman from 1946 to 1975, so up to the
/// fifth one of 1967, and slash from 1976, so from the sixth one of 1980.
#[must_use]
pub fn form_issue(citation: &Citation) -> Option<FormIssue> {
    if citation.organ != Some(Organ::GeneralAssembly) || citation.act != Act::Resolution {
        return None;
    }
    let roman_session = match citation.session? {
        Session::Regular(n) => n <= LAST_ROMAN_SESSION,
        Session::Special(n) => n <= LAST_ROMAN_SPECIAL,
        Session::Emergency(n) => n <= LAST_ROMAN_EMERGENCY,
        Session::Organizational(_) => return None,
    };
    match (citation.form, roman_session) {
        (Form::Roman, false) => Some(FormIssue::RomanAfterChange),
        (Form::Slash, true) => Some(FormIssue::SlashBeforeChange),
        (Form::Roman, true) if citation.number > LAST_ROMAN_NUMBER => {
            Some(FormIssue::NumberTooHigh)
        }
        (Form::Roman, true) => {
            let bracket = roman_bracket(citation.session?)?;
            let fits = u16::try_from(citation.number).is_ok_and(|n| bracket.contains(&n));
            (!fits).then_some(FormIssue::OutsideBracket(bracket))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::parse_citation, *};

    #[test]
    fn anchors_are_in_the_bracket_of_their_own_session() {
        assert!(ANCHORS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (number, session) in ANCHORS {
            assert!(roman_bracket(session).unwrap().contains(&number), "{number} {session}");
        }
        assert_eq!(roman_bracket(Session::Regular(1)), Some(1..=180));
        assert_eq!(roman_bracket(Session::Regular(7)), Some(378..=844));
        assert_eq!(roman_bracket(Session::Regular(30)), Some(3358..=3541));
        assert_eq!(roman_bracket(Session::Regular(31)), None);
        assert_eq!(roman_bracket(Session::Special(1)), Some(98..=180));
        assert_eq!(roman_bracket(Session::Special(3)), None);
    }

    #[test]
    fn the_form_must_fit_the_session_of_the_general_assembly() {
        let issue = |text: &str| form_issue(&parse_citation(text).unwrap());
        assert_eq!(issue("A/RES/225 (LXIII)"), Some(FormIssue::RomanAfterChange));
        assert_eq!(issue("A/RES/30/3586"), Some(FormIssue::SlashBeforeChange));
        assert_eq!(issue("A/RES/3586 (XXX)"), Some(FormIssue::NumberTooHigh));
        assert_eq!(issue("A/RES/217 (XX)"), Some(FormIssue::OutsideBracket(2004..=2221)));
        assert_eq!(issue("A/RES/8/1"), Some(FormIssue::SlashBeforeChange));
        assert_eq!(issue("A/RES/ES-4/2"), Some(FormIssue::SlashBeforeChange));
        assert_eq!(issue("A/RES/3 (ES-VII)"), Some(FormIssue::RomanAfterChange));
        assert_eq!(issue("A/RES/996 (ES-II)"), Some(FormIssue::OutsideBracket(999..=1101)));
        for right in [
            "A/RES/217 A (III)",
            "A/RES/2200 A (XXI)",
            "General Assembly resolution 1514 (XV)",
            "A/RES/31/6 A and B",
            "A/RES/63/225",
            "A/RES/3362 (S-VII)",
            "A/RES/S-8/1",
            "A/RES/2252 (ES-V)",
            "A/RES/998 (ES-I)",
            "A/RES/1008 (ES-II)",
            "A/RES/1237 (ES-III)",
            "A/RES/106 (S-I)",
            "A/RES/189 (S-II)",
            "A/RES/3202 (S-VI)",
            "A/RES/ES-6/2",
            "A/RES/3541 (XXX)",
        ] {
            assert_eq!(issue(right), None, "{right}");
        }
    }

    #[test]
    fn nothing_is_said_of_other_organs() {
        for other in [
            "E/RES/1503 (XLVIII)",
            "resolution 30/3586",
            "Arab League Council resolution 934 (XXXVIII)",
        ] {
            assert_eq!(form_issue(&parse_citation(other).unwrap()), None, "{other}");
        }
    }
}
