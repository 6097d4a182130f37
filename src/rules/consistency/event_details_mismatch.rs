//! A name, a place or a title of a part of an event that differs between two records.

mod titles;

use super::report_differences;
use crate::{
    corpus::{Group, Member, relation::Agreement},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    wording::{Difference, Line, Verdict, Word},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("event-details-mismatch"),
    family: Family::Consistency,
    summary: "a name, a place or a title of a part of an event that differs between two records",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/event-details-mismatch.md"),
    options: &[],
    check: Check::Group(&On::<Agreement>(check)),
};

fn check(group: &Group<'_, Agreement>, findings: &mut Findings<'_>) {
    if group.members.iter().all(Member::is_everywhere) {
        report_differences(group, |_| true, whole, findings);
    } else if group.members.first().is_some_and(|member| !member.said_of().is_empty()) {
        let is_strict = group.members.iter().all(Member::is_strict);
        let compare = if is_strict { titles::strictly } else { titles::titles };
        report_differences(group, titles::is_title, compare, findings);
    } else if group.members.iter().any(Member::is_in_parts) {
        report_differences(group, |text| !parts(text).is_empty(), places, findings);
    } else {
        report_differences(group, |text| !name(text).line.words.is_empty(), names, findings);
    }
}

/// Compares two texts that must be the same but for capitals and spaces.
fn whole(text: &str, other: &str) -> Verdict {
    let folded = |text: &str| -> String {
        text.split_whitespace().flat_map(|word| [word, " "]).collect::<String>().to_lowercase()
    };
    if folded(text) == folded(other) {
        return Verdict::Agrees;
    }
    Verdict::Differs(Difference { mine: text.to_owned(), theirs: other.to_owned() })
}

/// Compares the name of an event with the name that decides.
fn names(text: &str, other: &str) -> Verdict {
    let (mine, theirs) = (name(text), name(other));
    if let (Some(a), Some(b)) = (&mine.session, &theirs.session)
        && a.number != b.number
    {
        let (mine, theirs) = (a.text.to_owned(), b.text.to_owned());
        return Verdict::Differs(Difference { mine, theirs });
    }
    let (mine, theirs) = (mine.line, theirs.line);
    // A single word, such as "the debate", is not a name.
    if mine.words.len() < 2 || theirs.words.is_empty() {
        return Verdict::Agrees;
    }
    let whole = mine.passage(&theirs).or_else(|| theirs.passage(&mine)).is_some();
    if whole || mine.is_respelled(&theirs) {
        Verdict::Agrees
    } else if mine.lies_within(&theirs) || theirs.lies_within(&mine) {
        Verdict::Shortened(mine.difference(&theirs))
    } else if mine.resembles(&theirs) {
        Verdict::Differs(mine.difference(&theirs))
    } else {
        Verdict::Agrees
    }
}

/// The words that distinguish a name from others, and the session that it mentions.
struct Name<'a> {
    line: Line<'a>,
    session: Option<Session<'a>>,
}

struct Session<'a> {
    text: &'a str,
    number: u32,
}

/// Leaves out the body that holds the event, its session, and the words that every name has.
fn name(text: &str) -> Name<'_> {
    let mut line = Line::read(text);
    line.leave_out(&BODIES);
    let session = session(&line);
    if let Some((range, _)) = &session {
        line.remove(range.clone());
    }
    line.leave_out_function_words();
    Name { line, session: session.and_then(|(_, session)| session) }
}

/// "65th session", "sixty-fifth session": where it is among the words, and its number where that is in
/// figures.
fn session<'a>(line: &Line<'a>) -> Option<(std::ops::Range<usize>, Option<Session<'a>>)> {
    let is_ordinal = |word: &Word<'_>| {
        let text = word.folded.as_str();
        text.starts_with(|c: char| c.is_ascii_digit())
            || ORDINAL_ENDINGS.iter().any(|end| text.ends_with(end))
    };
    let at =
        line.words.iter().position(|word| matches!(word.folded.as_str(), "session" | "sesion"))?;
    let tens = |word: &Word<'_>| TENS.contains(&word.folded.as_str());
    let ordinal = at.checked_sub(1).filter(|before| is_ordinal(&line.words[*before]))?;
    let first =
        ordinal.checked_sub(1).filter(|before| tens(&line.words[*before])).unwrap_or(ordinal);
    let figures = line.words[ordinal].folded.trim_end_matches(char::is_alphabetic);
    let number = figures.parse().ok();
    let text = line.slice(ordinal, 2);
    Some((first..at + 1, number.map(|number| Session { text, number })))
}

/// Compares a place with the place that decides, part by part.
fn places(text: &str, other: &str) -> Verdict {
    let (mine, theirs) = (parts(text), parts(other));
    let (mut left, mut right) = (mine.as_slice(), theirs.as_slice());
    let (mut verdict, mut any) = (Verdict::Agrees, false);
    while !left.is_empty() || !right.is_empty() {
        let next = common(left, right);
        let (ahead, behind) = next.unwrap_or((left.len(), right.len()));
        let gap = gap(&left[..ahead], &right[..behind], any && next.is_some());
        if gap.weight() > verdict.weight() {
            verdict = gap;
        }
        any |= next.is_some();
        left = left.get(ahead + 1..).unwrap_or_default();
        right = right.get(behind + 1..).unwrap_or_default();
    }
    verdict
}

/// Where the next part is that both have.
fn common(left: &[Line<'_>], right: &[Line<'_>]) -> Option<(usize, usize)> {
    let of = |part: &Line<'_>| right.iter().position(|other| same(part, other));
    left.iter().enumerate().find_map(|(at, part)| Some((at, of(part)?)))
}

/// Compares the parts before the next common part. Between two common parts they are of one level; elsewhere
/// one may be the room and the other the town.
fn gap(left: &[Line<'_>], right: &[Line<'_>], is_between: bool) -> Verdict {
    match (left, right) {
        ([mine, ..], [theirs, ..]) if mine.lies_within(theirs) || theirs.lies_within(mine) => {
            Verdict::Shortened(difference(mine, theirs))
        }
        ([mine, ..], [theirs, ..]) if is_short(mine, theirs) => Verdict::Agrees,
        ([mine, ..], [theirs, ..]) if is_between || is_contrary(left, right) => {
            Verdict::Differs(difference(mine, theirs))
        }
        ([], [theirs, ..]) if is_between => {
            let theirs = theirs.written().to_owned();
            Verdict::Shortened(Difference { mine: String::new(), theirs })
        }
        ([mine, ..], []) if is_between => {
            let mine = mine.written().to_owned();
            Verdict::Shortened(Difference { mine, theirs: String::new() })
        }
        _ => Verdict::Agrees,
    }
}

/// Of places without a common part, one may be the room and the other the town.
fn is_contrary(mine: &[Line<'_>], theirs: &[Line<'_>]) -> bool {
    let alike = mine.iter().any(|a| theirs.iter().any(|b| a.resembles(b)));
    alike || (mine.len() > 1 && theirs.len() > 1)
}

/// Whether one of the two is made of the initials of the other.
fn is_short(a: &Line<'_>, b: &Line<'_>) -> bool {
    let initials = |line: &Line<'_>| -> String {
        line.words.iter().filter_map(|word| word.folded.chars().next()).collect()
    };
    let is = |short: &Line<'_>, long: &Line<'_>| {
        long.words.len() > 1 && short.folded() == [initials(long).as_str()]
    };
    is(a, b) || is(b, a)
}

fn same(a: &Line<'_>, b: &Line<'_>) -> bool {
    a.folded() == b.folded() || a.is_respelled(b)
}

fn difference(mine: &Line<'_>, theirs: &Line<'_>) -> Difference {
    Difference { mine: mine.written().to_owned(), theirs: theirs.written().to_owned() }
}

/// The parts of a place, without the organization whose premises they are.
fn parts(text: &str) -> Vec<Line<'_>> {
    let parts = text.split([',', ';', '(', ')', '\n']).map(Line::read).map(|mut part| {
        part.leave_out(&BODIES[..UNITED_NATIONS]);
        part.leave_out_function_words();
        part
    });
    parts.filter(|part| !part.words.is_empty()).collect()
}

/// How many of [`BODIES`] are names of the United Nations itself.
const UNITED_NATIONS: usize = 5;

/// The United Nations and its principal organs (Charter, Article 7), in English, French and Spanish.
const BODIES: [&[&str]; 18] = [
    &["united", "nations"],
    &["nations", "unies"],
    &["naciones", "unidas"],
    &["un"],
    &["onu"],
    &["general", "assembly"],
    &["assemblee", "generale"],
    &["asamblea", "general"],
    &["security", "council"],
    &["conseil", "de", "securite"],
    &["consejo", "de", "seguridad"],
    &["economic", "and", "social", "council"],
    &["conseil", "economique", "et", "social"],
    &["consejo", "economico", "y", "social"],
    &["ecosoc"],
    &["trusteeship", "council"],
    &["conseil", "de", "tutelle"],
    &["consejo", "de", "administracion", "fiduciaria"],
];

/// How ordinals end in English, French and Spanish.
const ORDINAL_ENDINGS: [&str; 9] =
    ["first", "second", "third", "fth", "rth", "ieme", "simo", "sima", "th"];

const TENS: [&str; 9] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];

#[cfg(test)]
mod tests {
    use super::{RULE, names, places};
    use crate::{
        testing::{check, findings, findings_with},
        wording::Verdict,
    };

    #[test]
    fn one_id_under_two_names_is_reported_in_all_records_if_the_schema_says_so() {
        let schema = r#"{"x-record": {"id": "/id", "language": "/lang"},
            "x-agrees": {"on": "name", "of": ["/board/id"], "value": "/board/name", "everywhere": true},
            "properties": {"kind": {"const": "sitting"}, "id": {}, "board": {}}}"#;
        let catalog = crate::schema::Catalog::new(&[("sitting.json".into(), schema.into())]);
        let found = |rest: &str| {
            let first = r#"{"kind": "sitting", "id": "s1", "board": {"id": "b7", "name": "Harbour-Fees Board"}}"#;
            let other = format!(r#"{{"kind": "sitting", "id": "s2", {rest}}}"#);
            let files = [("a.json".to_owned(), first.to_owned()), ("b.json".to_owned(), other)];
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            found(r#""board": {"id": "b7", "name": "Harbour Fees Board"}"#),
            ["the name of b7 is “Harbour Fees Board”, but “Harbour-Fees Board” in s1"]
        );
        assert_eq!(found(r#""board": {"id": "b7", "name": "Parks Board"}"#).len(), 1);
        for rest in [
            r#""board": {"id": "b7", "name": "HARBOUR-FEES  board"}"#,
            r#""board": {"id": "b8", "name": "Parks Board"}"#,
            r#""board": {"id": "b7"}"#,
            r#""lang": "fr", "board": {"id": "b7", "name": "Comité du port"}"#,
        ] {
            assert_eq!(found(rest), [""; 0], "{rest}");
        }
    }

    const NAME: &str = "Informal Thematic Debate on International Migration and Development";
    const PLACE: &str = "Conference Room 4, North Lawn Building, UN Headquarters, New York";

    #[test]
    fn the_record_of_the_event_decides_and_a_pair_is_reported_once() {
        check(
            &RULE,
            r#"
=== event.yaml
id: debate
kind: event
language: en
name: Informal Thematic Debate on Migration
#     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the other name
start: "2011-05-19"
end: "2011-05-19"
venue: {room: Conference Room 4, city: New York}
#             ~~~~~~~~~~~~~~~~~ the other venue
=== statement.yaml
kind: statement
language: en
event: debate
eventLine: Informal Thematic Debate on Trade
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the name of the event has “Trade” where the name in debate has “Migration”
venueLine: Conference Room 3, New York
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the venue of the event has “Conference Room 3” where the venue in debate has “Conference Room 4”
=== cancelled.yaml
kind: statement
language: en
event: debate
status: cancelled
eventLine: Informal Thematic Debate on Trade
=== french.yaml
kind: statement
language: fr
event: debate
eventLine: Informal Thematic Debate on Trade
"#,
        );
    }

    #[track_caller]
    fn agree(compare: fn(&str, &str) -> Verdict, other: &str, texts: &[&str]) {
        for text in texts {
            assert_eq!(compare(text, other), Verdict::Agrees, "{text}");
        }
    }

    #[test]
    fn the_body_and_its_session_may_be_left_out() {
        agree(
            names,
            NAME,
            &[
                "United Nations Informal Thematic Debate on International Migration and Development",
                "Informal Thematic Debate of the General Assembly on International Migration and Development",
                "Informal Thematic Debate of the 65th Session of the General Assembly on International Migration and Development",
                "Informal Thematic Debate of the sixty-fifth session on International Migration and Development",
                "UN INFORMAL THEMATIC DEBATE ON INTERNATIONAL MIGRATION AND DEVELOPMENT",
                "Informal Thematic Debate on International Migration and Development, New York, 19 May 2011",
                "General Assembly – Informal Thematic Debate on International Migration and Development",
            ],
        );
        agree(
            names,
            "Débat thématique informel de l'Assemblée générale sur la migration",
            &[
                "Débat thématique informel sur la migration",
                "ONU : Débat thématique informel sur la migration",
            ],
        );
        agree(
            names,
            "Debate temático de la Asamblea General sobre la migración",
            &["Debate temático sobre la migración, Naciones Unidas"],
        );
    }

    #[test]
    fn another_session_is_a_difference() {
        let of =
            |session: &str| format!("Debate of the {session} session on Migration and Development");
        assert!(matches!(names(&of("66th"), &of("65th")), Verdict::Differs(_)));
        agree(
            names,
            &of("65th"),
            &[&of("65th"), &of("sixty-fifth"), "Debate on Migration and Development"],
        );
    }

    #[test]
    fn a_name_that_leaves_words_out_is_shortened() {
        for text in [
            "UN Informal Thematic Debate on Migration and Development",
            "Informal Thematic Debate",
            "Opening of the Informal Thematic Debate on International Migration and Development",
        ] {
            assert!(matches!(names(text, NAME), Verdict::Shortened(_)), "{text}");
        }
    }

    #[test]
    fn single_words_and_unrelated_lines_are_not_compared() {
        agree(
            names,
            NAME,
            &["The debate", "Side event with the private sector", "General Assembly"],
        );
    }

    #[test]
    fn a_place_may_have_more_or_fewer_parts() {
        agree(
            places,
            PLACE,
            &[
                "New York",
                "UN Headquarters, New York",
                "Conference Room 4",
                "conference room 4, north lawn building, United Nations Headquarters",
                "Conference Room 4 (NLB), Headquarters of the United Nations, New York",
                "United Nations",
            ],
        );
        agree(places, "New York", &[PLACE, "Trusteeship Council Chamber"]);
    }

    #[test]
    fn a_place_without_a_part_in_the_middle_is_shortened() {
        for text in [
            "Conference Room 4, United Nations Headquarters, New York",
            "Room 4, North Lawn Building, UN Headquarters, New York",
        ] {
            assert!(matches!(places(text, PLACE), Verdict::Shortened(_)), "{text}");
        }
    }

    #[test]
    fn another_part_is_a_difference() {
        for text in [
            "Conference Room 3",
            "Conference Room 3, United Nations Headquarters, New York",
            "Conference Room 4, Secretariat Building, UN Headquarters, New York",
            "Palais des Nations, Geneva",
        ] {
            assert!(matches!(places(text, PLACE), Verdict::Differs(_)), "{text}");
        }
    }

    #[test]
    fn an_event_with_very_many_names_is_not_compared() {
        let event = |number: usize| {
            format!(
                "{{\"id\": \"debate\", \"kind\": \"event\", \"language\": \"en\", \"start\": \"2011-05-19\", \
                 \"end\": \"2011-05-19\", \"name\": \"Debate on Migration to Place{number}\"}}\n"
            )
        };
        let statement = "{\"kind\": \"statement\", \"language\": \"en\", \"event\": \"debate\", \
                         \"eventLine\": \"Debate on Migration to Elsewhere\"}\n";
        let messages = |count: usize| {
            let text: String = (0..count).map(event).chain([statement.to_owned()]).collect();
            let found = findings(&RULE, &[("a.jsonl".to_owned(), text)]);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            messages(200),
            ["the name of the event has “Elsewhere” where the name in debate has “Place0”"]
        );
        assert_eq!(
            messages(201),
            [
                "the event has 201 different values for its name, and more than 200 are not compared with other records"
            ]
        );
    }
}
