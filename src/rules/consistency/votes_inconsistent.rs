//! A count that differs from the length of its list or from the sum of its parts, or votes of more Members than there were.

use crate::{
    fact::{Counts, Fact, Meaning, Numbered, Record, Text},
    finding::{Family, Severity},
    message::{counted, listed, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Organ, members_in},
    vocabulary::{DateRole, FactKinds, OwnOrgan, quoted_each},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("votes-inconsistent"),
    family: Family::Consistency,
    summary: "a count that differs from its list or the sum of its parts, or votes of more Members than there were",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/votes-inconsistent.md"),
    options: &[],
    check: Check::Facts(FactKinds::COUNTS, check),
};

pub(in crate::rules) fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Counts(counts) = &fact.meaning else { continue };
        match &**counts {
            Counts::List { figure, len, is_empty, of, name, list }
                if figure.value as usize != *len
                    && (!is_empty || has_other_entries(record, fact)) =>
            {
                findings
                    .at(figure.text.place, list_differs(*figure, *len, *name, of.as_deref()))
                    .label(*list, "the list")
                    .id("list")
                    .value(figure.value.to_string())
                    .value(len.to_string());
            }
            Counts::List { .. } => {}
            Counts::Sum { addends, total, wanted } => {
                sum_differs(addends, *total, *wanted, findings);
            }
            Counts::AtMost { addends } => exceeds_membership(addends, record, findings),
        }
    }
}

/// Whether another list that is counted beside this list has entries. If no list has any, the entries were
/// not recorded.
fn has_other_entries(record: &Record<'_>, this: &Fact<'_>) -> bool {
    record
        .facts
        .iter()
        .filter(|fact| fact.node.id() == this.node.id())
        .any(|fact| matches!(&fact.meaning, Meaning::Counts(counts) if counts.has_entries()))
}

fn list_differs(
    figure: Numbered<'_>,
    len: usize,
    list: Option<Text<'_>>,
    of: Option<&[String]>,
) -> String {
    let list =
        list.map_or_else(|| "the list".to_owned(), |list| format!("`{}`", shown(list.value)));
    let with = of.map(|of| format!(" with {}", listed(&quoted_each(of), "or")));
    let with = with.unwrap_or_default();
    format!("{} is {}, but {list} has {}{with}", named(figure), figure.value, counted(len, "entry"))
}

fn sum_differs(
    addends: &[Numbered<'_>],
    total: Option<Numbered<'_>>,
    wanted: u32,
    findings: &mut Findings<'_>,
) {
    let sum: u64 = addends.iter().map(|addend| u64::from(addend.value)).sum();
    let Some((first, rest)) = addends.split_first().filter(|_| sum != u64::from(wanted)) else {
        return;
    };
    let written: Vec<String> = addends.iter().map(|addend| addend.value.to_string()).collect();
    let written = written.join(" + ");
    let (place, message, labels) = match total {
        Some(total) => (
            total.text.place,
            format!("{} is {wanted}, but {written} is {sum}", named(total)),
            addends,
        ),
        None => (first.text.place, format!("{written} is {sum} instead of {wanted}"), rest),
    };
    let finding = labels.iter().fold(findings.at(place, message), |finding, addend| {
        finding.label(addend.text.place, format!("{} is {}", named(*addend), addend.value))
    });
    finding.id("sum").value(sum.to_string()).value(wanted.to_string());
}

/// Reports votes of more Members than the General Assembly had in the year of adoption. The membership of other organs
/// changes from year to year and is not known here.
fn exceeds_membership(addends: &[Numbered<'_>], record: &Record<'_>, findings: &mut Findings<'_>) {
    if OwnOrgan::of(record).organ() != Some(Organ::GeneralAssembly) {
        return;
    }
    let adopted = record.facts.iter().find_map(|fact| match &fact.meaning {
        Meaning::Date(DateRole::Adopted, date) => date.date,
        _ => None,
    });
    let Some((first, rest)) = addends.split_first() else { return };
    let sum: u64 = addends.iter().map(|addend| u64::from(addend.value)).sum();
    let members = adopted.and_then(|date| Some((date.year(), members_in(date.year())?)));
    let Some((year, members)) = members.filter(|(_, members)| sum > u64::from(*members)) else {
        return;
    };
    let written: Vec<String> = addends.iter().map(|addend| addend.value.to_string()).collect();
    let message = format!(
        "{} is {sum} votes, but the General Assembly had {members} Members in {year}",
        written.join(" + ")
    );
    let finding = rest.iter().fold(findings.at(first.text.place, message), |finding, addend| {
        finding.label(addend.text.place, format!("{} is {}", named(*addend), addend.value))
    });
    finding.id("membership").help("check the votes").value(sum.to_string());
}

/// The figure by its key.
fn named(figure: Numbered<'_>) -> String {
    let key = figure.text.node.key().and_then(crate::tree::NodeRef::as_str);
    key.map_or_else(|| "the figure".to_owned(), |key| format!("`{}`", shown(key)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    fn vote(fields: &str) -> Vec<String> {
        let text = format!("kind: resolution\nvote: {{{fields}}}\n");
        let found = findings(&RULE, &[("resolution.yaml".to_owned(), text)]);
        found.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_figure_is_compared_with_the_votes_for_its_option() {
        let schema = r#"{"properties": {"kind": {"const": "motion"}}, "x-counts": [
            {"figure": "/ayes", "list": "/votes", "by": "/option", "of": ["aye"]},
            {"figure": "/noes", "list": "/votes", "by": "/option", "of": ["no", "nay"]}
        ]}"#;
        let found = |text: &str| {
            let catalog = Catalog::new(&[("motion.json".to_owned(), schema.to_owned())]);
            let files = [("m.yaml".to_owned(), format!("kind: motion\n{text}\n"))];
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|found| found.message).collect::<Vec<_>>()
        };
        let votes = "votes: [{by: Ruiz, option: aye}, {by: Berg, option: Aye}, {by: Lee, option: Nay}, {by: Diaz, option: abstain}]";
        assert_eq!(found(&format!("ayes: 2\nnoes: 1\n{votes}")), [""; 0]);
        assert_eq!(
            found(&format!("ayes: 3\nnoes: 2\n{votes}")),
            [
                "`ayes` is 3, but `votes` has 2 entries with “aye”",
                "`noes` is 2, but `votes` has 1 entry with “no” or “nay”"
            ]
        );
        assert_eq!(found("ayes: 3\nnoes: 0\nvotes: []"), [""; 0], "the votes were not recorded");
        assert_eq!(found("ayes: 0\nnoes: 1\nvotes: [{by: Lee, option: no}]"), [""; 0]);
        assert_eq!(found("ayes: 1\nvotes: [{by: Lee, option: no}]").len(), 1);
    }

    #[test]
    fn votes_of_more_members_than_there_were_are_reported() {
        let count = |symbol: &str, adopted: &str, votes: &str| {
            let text = format!(
                "kind: resolution\nsymbol: {symbol}\nadopted: \"{adopted}\"\nvote: {{{votes}}}\n"
            );
            findings(&RULE, &[("resolution.yaml".to_owned(), text)]).len()
        };
        let votes =
            |abstaining: u32| format!("inFavour: 100, against: 50, abstaining: {abstaining}");
        let all = [
            ("A/RES/64/12", "2009-11-02", 42, 0),
            ("A/RES/64/12", "2009-11-02", 43, 1),
            ("A/RES/66/12", "2011-11-02", 43, 0),
            ("A/RES/66/12", "2011-11-02", 44, 1),
            ("A/HRC/RES/14/3", "2010-06-17", 99, 0),
        ];
        for (symbol, adopted, abstaining, expected) in all {
            assert_eq!(
                count(symbol, adopted, &votes(abstaining)),
                expected,
                "{symbol} {abstaining}"
            );
        }
        assert_eq!(
            count("A/RES/64/12", "2009-11-02", "inFavour: 300, against: 1"),
            0,
            "not all known"
        );
        check(
            &RULE,
            r#"
kind: resolution
organ: General Assembly
adopted: "1950-11-03"
vote: {inFavour: 52, against: 5, abstaining: 4}
#                ^^ error: 52 + 5 + 4 is 61 votes, but the General Assembly had 60 Members in 1950
#                             ~ `against` is 5
#                                            ~ `abstaining` is 4
"#,
        );
    }

    #[test]
    fn a_count_that_differs_from_its_list_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
symbol: A/RES/77/293
vote:
  inFavour: 3
  against: 1
#          ^ error: `against` is 1, but `statesAgainst` has 2 entries
  abstaining: 2
#             ^ error: `abstaining` is 2, but `statesAbstaining` has 1 entry
  statesInFavour: [Chad, Fiji, Peru]
  statesAgainst: [Mali, Oman]
# ~~~~~~~~~~~~~ the list
  statesAbstaining: [Cuba]
# ~~~~~~~~~~~~~~~~ the list
",
        );
    }

    #[test]
    fn an_empty_list_is_checked_if_another_list_has_entries() {
        let none = [""; 0];
        let lists = |favour: &str, against: &str| {
            vote(&format!(
                "inFavour: 2, against: 1, statesInFavour: {favour}, statesAgainst: {against}"
            ))
        };
        assert_eq!(lists("[Chad, Fiji]", "[Oman]"), none);
        assert_eq!(lists("[]", "[]"), none);
        assert_eq!(lists("[]", "[Oman]"), ["`inFavour` is 2, but `statesInFavour` has 0 entries"]);
        assert_eq!(vote("inFavour: 0, statesInFavour: []"), none);
        assert_eq!(
            vote("inFavour: 0, statesInFavour: [Chad]"),
            ["`inFavour` is 0, but `statesInFavour` has 1 entry"]
        );
    }

    #[test]
    fn missing_lists_are_not_checked() {
        for fields in [
            "inFavour: 2, against: 1, statesAgainst: [Oman]",
            "against: 1, statesInFavour: [Chad], statesAgainst: [Oman]",
            "inFavour: null, against: 1, statesInFavour: [Chad], statesAgainst: [Oman]",
        ] {
            assert_eq!(vote(fields), [""; 0], "{fields}");
        }
        let text =
            "kind: resolution\nstatus: cancelled\nvote: {against: 2, statesAgainst: [Oman]}\n";
        assert_eq!(findings(&RULE, &[("r.yaml".to_owned(), text.to_owned())]), []);
    }

    #[test]
    fn a_sum_that_differs_is_reported() {
        let schema = r#"{"properties": {"kind": {"const": "ballot"}, "yes": {}, "no": {}, "all": {}},
            "x-counts": [{"sum": ["/yes", "/no"], "figure": "/all"}, {"sum": ["/yes", "/no"], "is": 15}]}"#;
        let catalog = Catalog::new(&[("ballot.json".into(), schema.into())]);
        let messages = |fields: &str| -> Vec<String> {
            let text = format!(r#"{{"kind": "ballot", {fields}}}"#);
            let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]);
            found.into_iter().map(|found| found.message).collect()
        };
        // Whether enough were in favour is not asked.
        assert_eq!(messages(r#""yes": 9, "no": 6, "all": 15"#), [""; 0]);
        assert_eq!(messages(r#""yes": "9", "no": "6", "all": "15""#), [""; 0]);
        assert_eq!(messages(r#""yes": 10, "no": 5, "all": 14"#), ["`all` is 14, but 10 + 5 is 15"]);
        assert_eq!(messages(r#""yes": 9, "no": 5"#), ["9 + 5 is 14 instead of 15"]);
        assert_eq!(messages(r#""yes": 9, "no": "N.A.", "all": 15"#), [""; 0]);
        assert_eq!(messages(r#""yes": 9, "all": 15"#), [""; 0]);
    }
}
