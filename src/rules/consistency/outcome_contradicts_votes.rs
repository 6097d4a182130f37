//! An outcome that does not follow from the votes, or a casting vote where no votes are equal.

use super::named;
use crate::{
    fact::{Meaning, Record, Text},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Reported, Rule, RuleId},
    vocabulary::{Ballot, FactKinds, Majority, Outcome, Vote},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("outcome-contradicts-votes"),
    family: Family::Consistency,
    summary: "an outcome that does not follow from the votes, or a casting vote without a tie",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/outcome-contradicts-votes.md"),
    options: &[],
    check: Check::Facts(FactKinds::VOTE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Vote(vote) = &fact.meaning else { continue };
        // A vote by voice has no figures.
        let Some([ayes, nays]) = vote.cast.filter(|cast| *cast != [0, 0]) else { continue };
        let decided = vote.outcome.and_then(|outcome| Some((outcome.text, outcome.state?)));
        let problem = decided.and_then(|(_, outcome)| problem(vote, outcome, ayes, nays));
        if let (Some((text, _)), Some(problem)) = (decided, problem) {
            report_outcome(vote, text, &problem, findings);
        } else if let Some(casting) = vote.casting {
            check_casting(vote, casting.text, ayes, nays, findings);
        }
    }
}

/// What is wrong with an outcome.
struct Problem {
    /// What the message says of the votes.
    votes: String,
    help: &'static str,
    is_certain: bool,
}

const CORRECT: &str = "correct the outcome or the votes";

fn problem(vote: &Vote<'_>, outcome: Outcome, ayes: u32, nays: u32) -> Option<Problem> {
    let needed = vote.majority.and_then(|majority| majority.state);
    let casting = vote.casting.and_then(|casting| casting.state);
    let is_tie = ayes == nays;
    let votes = format!("{ayes} voted for it and {nays} against");
    let certain = |votes| Some(Problem { votes, help: CORRECT, is_certain: true });
    match (outcome, needed) {
        (
            Outcome::Carried,
            Some(needed @ (Majority::TwoThirds | Majority::ThreeQuarters | Majority::Unanimous)),
        ) => {
            if is_enough(needed, ayes, nays) {
                return None;
            }
            certain(format!("{votes}, which is not {}", needed.in_words()))
        }
        // Some bodies count abstentions in favour: in British Columbia, Community Charter, section 123 (4).
        (Outcome::Carried, None)
            if ayes.saturating_add(vote.abstentions.unwrap_or_default()) > nays =>
        {
            None
        }
        (Outcome::Carried, _) if ayes < nays => certain(votes),
        (Outcome::Carried, _) if is_tie && casting == Some(Ballot::Nay) => {
            certain(format!("{votes}, and the casting vote was against it"))
        }
        (Outcome::Carried, _) if is_tie && vote.casting.is_none() && vote.may_have_casting => {
            Some(Problem {
                votes: format!("{votes}, and no casting vote is recorded"),
                help: "record the casting vote, or correct the outcome or the votes",
                is_certain: needed.is_some(),
            })
        }
        (Outcome::Lost, _) if is_tie && casting == Some(Ballot::Aye) && is_simple(needed) => {
            certain(format!("{votes}, and the casting vote was for it"))
        }
        // A casting vote against a motion makes a tie, by which it is lost.
        (Outcome::Lost, None | Some(Majority::Simple))
            if casting == Some(Ballot::Nay) && ayes == nays.saturating_add(1) =>
        {
            None
        }
        (Outcome::Lost, Some(needed)) if is_enough(needed, ayes, nays) => certain(votes),
        // Two thirds is the highest majority that is usual, and many motions need it.
        (Outcome::Lost, None)
            if vote.majority.is_none() && is_enough(Majority::TwoThirds, ayes, nays) =>
        {
            Some(Problem {
                votes,
                help: "correct the outcome or the votes, or record the majority that the motion needed",
                is_certain: false,
            })
        }
        _ => None,
    }
}

fn is_simple(needed: Option<Majority>) -> bool {
    matches!(needed, None | Some(Majority::Simple))
}

/// Whether the votes cast make a majority. Abstentions are not votes cast.
fn is_enough(needed: Majority, ayes: u32, nays: u32) -> bool {
    let (ayes, nays) = (u64::from(ayes), u64::from(nays));
    match needed {
        Majority::Simple => ayes > nays,
        Majority::TwoThirds => ayes * 3 >= (ayes + nays) * 2,
        Majority::ThreeQuarters => ayes * 4 >= (ayes + nays) * 3,
        Majority::Unanimous => nays == 0,
    }
}

fn report_outcome(
    vote: &Vote<'_>,
    outcome: Text<'_>,
    problem: &Problem,
    findings: &mut Findings<'_>,
) {
    let message =
        format!("{} is “{}”, but {}", named(outcome), shown(outcome.value), problem.votes);
    let finding = findings.at(outcome.place, message).help(problem.help).value(outcome.value);
    let finding = if problem.is_certain { finding } else { finding.severity(Severity::Warning) };
    label(vote, finding);
}

/// A casting vote decides a tie, or makes one.
fn check_casting(
    vote: &Vote<'_>,
    casting: Text<'_>,
    ayes: u32,
    nays: u32,
    findings: &mut Findings<'_>,
) {
    let needed = vote.majority.and_then(|majority| majority.state);
    if ayes.abs_diff(nays) < 2 || !is_simple(needed) {
        return;
    }
    let message = format!(
        "{} is “{}”, but {ayes} voted for it and {nays} against, which is not a tie",
        named(casting),
        shown(casting.value)
    );
    let finding = findings.at(casting.place, message).severity(Severity::Warning);
    label(vote, finding.help("remove the casting vote, or correct the votes").value(casting.value));
}

/// Shows the figures that the message quotes.
fn label(vote: &Vote<'_>, finding: Reported<'_>) {
    let mut finding = finding;
    for figure in vote.figures.iter().take(2) {
        let text = format!("{} is {}", named(figure.text), figure.value);
        finding = finding.label(figure.text.place, text);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    /// What is found of a motion, each with its severity.
    fn found(motion: &str) -> Vec<String> {
        let schema = r#"{"properties": {"kind": {"const": "motion"}}, "x-vote": {"outcome": "/outcome", "ayes": "/ayes",
            "nays": "/nays", "abstentions": "/abstentions", "votes": "/votes", "option": "/option", "majority": "/majority", "casting": "/casting"}}"#;
        let catalog = Catalog::new(&[("motion.json".to_owned(), schema.to_owned())]);
        let files = [("m.yaml".to_owned(), format!("{{kind: motion, {motion}}}"))];
        let found = findings_with(&catalog, &RULE, &files);
        found.into_iter().map(|found| format!("{:?}: {}", found.severity, found.message)).collect()
    }

    #[test]
    fn an_outcome_that_no_majority_gives_is_reported() {
        check(
            &RULE,
            r"
kind: minutes
items:
  - title: Quays
    motions:
      - {text: That the quay be paved., ayes: 3, nays: 4, outcome: carried}
#                                             ~ `ayes` is 3
#                                                      ~ `nays` is 4
#                                                                  ^^^^^^^ error: `outcome` is “carried”, but 3 voted for it and 4 against
      - {text: That the quay be swept., ayes: 6, nays: 1, outcome: lost}
#                                             ~ `ayes` is 6
#                                                      ~ `nays` is 1
#                                                                  ^^^^ warning: `outcome` is “lost”, but 6 voted for it and 1 against
      - {text: That the quay be fenced., ayes: 4, nays: 3, outcome: carried}
      - {text: That the quay be sold., ayes: 3, nays: 3, outcome: lost}
      - {text: That the quay be let., ayes: 0, nays: 0, outcome: carried}
      - {text: That the quay be lit., ayes: 2, nays: 5, outcome: withdrawn}
      - {text: That the quay be closed., nays: 5, outcome: carried}
",
        );
    }

    #[test]
    fn the_majority_that_is_needed_decides() {
        for right in [
            "ayes: 4, nays: 2, outcome: carried, majority: two-thirds",
            "ayes: 5, nays: 3, outcome: lost, majority: 2/3",
            "ayes: 6, nays: 2, outcome: carried, majority: three-quarters",
            "ayes: 6, nays: 1, outcome: lost, majority: unanimous",
            "ayes: 3, nays: 4, outcome: lost, majority: simple",
            "ayes: 9, nays: 5, outcome: lost",
            "ayes: 3, nays: 4, abstentions: 2, outcome: carried",
            "ayes: 4, nays: 4, abstentions: 1, outcome: carried",
            "ayes: 6, nays: 1, outcome: failed, majority: of the electorate",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
        for (wrong, message) in [
            (
                "ayes: 5, nays: 3, outcome: carried, majority: two-thirds",
                "Error: `outcome` is “carried”, but 5 voted for it and 3 against, which is not two thirds of the votes",
            ),
            (
                "ayes: 6, nays: 1, outcome: Passed, majority: unanimous",
                "Error: `outcome` is “Passed”, but 6 voted for it and 1 against, which is not unanimous",
            ),
            (
                "ayes: 5, nays: 3, outcome: failed, majority: simple",
                "Error: `outcome` is “failed”, but 5 voted for it and 3 against",
            ),
            (
                "ayes: 3, nays: 4, abstentions: 2, outcome: carried, majority: simple",
                "Error: `outcome` is “carried”, but 3 voted for it and 4 against",
            ),
            (
                "ayes: 3, nays: 4, abstentions: 1, outcome: carried",
                "Error: `outcome` is “carried”, but 3 voted for it and 4 against",
            ),
            (
                "ayes: 6, nays: 3, outcome: failed, majority: two-thirds",
                "Error: `outcome` is “failed”, but 6 voted for it and 3 against",
            ),
        ] {
            assert_eq!(found(wrong), [message], "{wrong}");
        }
    }

    #[test]
    fn a_tie_is_decided_by_a_casting_vote() {
        for right in [
            "ayes: 4, nays: 4, outcome: carried, casting: aye",
            "ayes: 4, nays: 4, outcome: carried, casting: Ida Brook",
            "ayes: 4, nays: 4, outcome: lost",
            "ayes: 4, nays: 4, outcome: lost, casting: nay",
            "ayes: 5, nays: 4, outcome: carried, casting: aye",
            "ayes: 5, nays: 4, outcome: lost, casting: nay",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
        for (wrong, message) in [
            (
                "ayes: 4, nays: 4, outcome: carried",
                "Warning: `outcome` is “carried”, but 4 voted for it and 4 against, and no casting vote is recorded",
            ),
            (
                "ayes: 4, nays: 4, outcome: carried, casting: nay",
                "Error: `outcome` is “carried”, but 4 voted for it and 4 against, and the casting vote was against it",
            ),
            (
                "ayes: 4, nays: 4, outcome: lost, casting: aye",
                "Error: `outcome` is “lost”, but 4 voted for it and 4 against, and the casting vote was for it",
            ),
            (
                "ayes: 6, nays: 1, outcome: carried, casting: aye",
                "Warning: `casting` is “aye”, but 6 voted for it and 1 against, which is not a tie",
            ),
        ] {
            assert_eq!(found(wrong), [message], "{wrong}");
        }
    }

    #[test]
    fn votes_by_name_are_counted() {
        let votes = |outcome: &str| {
            found(&format!(
                "votes: [{{option: aye}}, {{option: nay}}, {{option: nay}}], outcome: {outcome}"
            ))
        };
        assert_eq!(votes("lost"), [""; 0]);
        assert_eq!(votes("carried").len(), 1);
    }
}
