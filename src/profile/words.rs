//! What headings, keys and columns of minutes are called. All are written as keys of the tree are: small letters, hyphens.

use crate::tree::markdown::slug;

/// What a heading, or the line before a list, says that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Present,
    Absent,
    Others,
    Agenda,
    Next,
    Quorum,
    /// When and where it is.
    Details,
}

const PARTS: [(Part, &[&str]); 7] = [
    (
        Part::Present,
        &[
            "present",
            "members-present",
            "present-members",
            "attendees",
            "attendance",
            "participants",
            "roll-call",
            "in-attendance",
            "attending",
            "présents",
            "présentes",
            "participantes",
            "asistentes",
            "presentes",
            "anwesend",
            "anwesende",
            "teilnehmer",
            "attendees-present",
        ],
    ),
    (
        Part::Absent,
        &[
            "absent",
            "members-absent",
            "absent-members",
            "regrets",
            "apologies",
            "apologies-for-absence",
            "excused",
            "not-present",
            "absents",
            "absentes",
            "excusés",
            "excusées",
            "excusé",
            "excusée",
            "ausentes",
            "abwesend",
            "entschuldigt",
        ],
    ),
    (
        Part::Others,
        &[
            "guests",
            "guest",
            "observers",
            "others",
            "others-present",
            "also-present",
            "staff",
            "visitors",
            "invités",
            "observateurs",
            "invitados",
            "gäste",
        ],
    ),
    (
        Part::Agenda,
        &[
            "agenda",
            "agenda-items",
            "proposed-agenda",
            "draft-agenda",
            "ordre-du-jour",
            "tagesordnung",
            "orden-del-día",
        ],
    ),
    (
        Part::Next,
        &[
            "next-meeting",
            "next-call",
            "date-of-next-meeting",
            "next-meeting-date",
            "prochaine-réunion",
            "nächste-sitzung",
            "próxima-reunión",
        ],
    ),
    (Part::Quorum, &["quorum"]),
    (
        Part::Details,
        &[
            "meeting-details",
            "details",
            "logistics",
            "meeting-information",
            "meeting-info",
            "when",
            "date-and-time",
            "time-and-place",
        ],
    ),
];

/// Keys of the day of the meeting, with or without its time.
const DAY: [&str; 14] = [
    "date",
    "when",
    "meeting-date",
    "date-time",
    "date-and-time",
    "meeting-date-time",
    "meeting-date-and-time",
    "date-of-meeting",
    "day",
    "datum",
    "fecha",
    "held-on",
    "dates-and-times",
    "meeting-time-and-date",
];

/// Keys of its time.
const TIME: [&str; 7] = ["time", "times", "meeting-time", "heure", "uhrzeit", "hora", "start-time"];

/// What a heading or a label says that follows, without what is in brackets behind it, and its number.
pub(super) fn part(text: &str) -> Option<Part> {
    let plain = text.split(['(', '[']).next().unwrap_or(text);
    let plain =
        plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let name = slug(plain);
    PARTS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(part, _)| *part)
}

pub(super) fn is_day(key: &str) -> bool {
    DAY.contains(&key)
}

pub(super) fn is_time(key: &str) -> bool {
    TIME.contains(&key) || DAY.contains(&key)
}

/// Columns with the name of a person, and those with its parts.
pub(super) const NAMES: [&str; 8] =
    ["name", "full-name", "attendee", "member", "participant", "person", "nom", "nombre"];
pub(super) const GIVEN_NAMES: [&str; 4] = ["given-name", "first-name", "first", "prénom"];
pub(super) const FAMILY_NAMES: [&str; 4] = ["family-name", "last-name", "last", "surname"];
/// Columns that say who was present, and with which capacity.
pub(super) const PRESENCE: [&str; 6] =
    ["present", "attendance", "attended", "attending", "in-attendance", "présent"];
pub(super) const INITIALS: [&str; 2] = ["initials", "initial"];
pub(super) const CAPACITY: [&str; 4] = ["role", "membership", "capacity", "member-type"];

/// Whether a cell says that someone was present; nothing where it does not say.
pub(super) fn presence(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "x" | "✓" | "✔" | "✅" | "present" | "p" | "oui" | "sí" | "ja" => {
            Some(true)
        }
        "no" | "n" | "absent" | "✗" | "✘" | "❌" | "non" | "nein" | "regrets" | "excused" => {
            Some(false)
        }
        _ => None,
    }
}

/// Keys of lines that say what became of a motion.
pub(super) const RESULTS: [&str; 6] =
    ["result", "outcome", "vote", "résultat", "decision", "vote-result"];

/// Keys of lines that say who moved and who seconded.
pub(super) const MOVERS: [&str; 5] = ["mover", "moved", "moved-by", "motion-by", "sponsor"];
pub(super) const SECONDERS: [&str; 5] =
    ["seconder", "seconded", "seconded-by", "second", "second-by"];

/// How someone voted, by the first word after the name.
pub(super) fn vote(text: &str) -> Option<super::Vote> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    Some(match word.to_lowercase().as_str() {
        "yes" | "aye" | "yea" | "for" | "oui" | "pour" => super::Vote::Aye,
        "no" | "nay" | "against" | "non" | "contre" => super::Vote::Nay,
        "abstain" | "abstained" | "abstains" | "abstention" | "abstaining" => super::Vote::Abstain,
        "absent" | "recused" => super::Vote::Absent,
        _ => return None,
    })
}

/// Words that begin lines like initials do, and name no one.
pub(super) const ABBREVIATIONS: [&str; 47] = [
    "AI", "AKA", "AM", "AOB", "API", "BTW", "CC", "CET", "CG", "CI", "CR", "DST", "EG", "EOD",
    "ETA", "EST", "FAQ", "FYI", "GMT", "HTML", "ID", "IE", "IIRC", "IMO", "IRC", "LGTM", "MD",
    "NB", "NOTE", "OK", "OR", "PDF", "PM", "PPS", "PR", "PS", "PST", "QA", "RE", "SIG", "TBA",
    "TBC", "TBD", "TC", "URL", "UTC", "WG",
];
