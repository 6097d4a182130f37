use super::*;
use crate::{
    finding::{Family, Identity, Location, RuleId, Severity, fingerprint, values_digest},
    source::Position,
};

fn finding(record: &str, pointer: &str, value: &str) -> Finding {
    let at = Position { line: 1, column: 1, offset: 0 };
    Finding {
        rule: RuleId::new("speaker-tbc"),
        family: Family::Speakers,
        severity: Severity::Info,
        message: String::new(),
        location: Location {
            path: "a.json".to_owned(),
            start: at,
            end: at,
            record: Some(record.to_owned()),
            kind: None,
            pointer: pointer.to_owned(),
        },
        labels: Vec::new(),
        help: None,
        corrections: Vec::new(),
        fingerprint: fingerprint("speaker-tbc", record, pointer, &[value.to_owned()]),
        identity: Identity { values: values_digest(&[value.to_owned()]), ..Identity::default() },
        count: 1,
        suppression: None,
    }
}

fn read(text: &str) -> Baseline {
    Baseline::parse("rapporteur.baseline", text.as_bytes().to_vec()).unwrap()
}

#[test]
fn what_is_written_is_known_when_it_is_read() {
    let findings =
        vec![finding("b\n c", "/slots/1", "x"), finding("a", "", "y"), finding("a", "", "y")];
    let text = written(&findings, &[]);
    let baseline = read(&text);
    assert_eq!((baseline.len(), text.lines().count()), (3, 5));
    let mut left = findings;
    assert_eq!(baseline.take_known(&mut left).0.len(), 3);
    assert!(left.is_empty());
}

#[test]
fn an_entry_means_one_finding() {
    let baseline = read(&written(&[finding("a", "", "y")], &[]));
    let mut findings = vec![finding("a", "", "y"), finding("a", "", "y")];
    let (known, left) = baseline.take_known(&mut findings);
    assert_eq!((known.len(), left.len(), findings.len()), (1, 0, 1));
}

#[test]
fn one_mistake_corrected_and_one_added_in_the_same_file_are_both_noticed() {
    let baseline = read(&written(&[finding("a", "/slots/0", "Koser")], &[]));
    let mut findings = vec![finding("a", "/slots/1", "Hultin")];
    let (known, left) = baseline.take_known(&mut findings);
    assert_eq!((known.len(), left.len(), findings.len()), (0, 1, 1));
}

#[test]
fn the_order_of_the_lines_does_not_depend_on_that_of_the_findings() {
    let (one, other) = (finding("a", "/slots/10", "x"), finding("b", "", "y"));
    assert_eq!(written(&[one.clone(), other.clone()], &[]), written(&[other, one], &[]));
}

#[test]
fn left_over_lines_are_taken_out_and_remarks_stay() {
    let text = written(&[finding("a", "", "y"), finding("b", "", "z")], &[]);
    let text = text.replace(HEAD, "# ours\n");
    let baseline = read(&text);
    let mut findings = vec![finding("b", "", "z")];
    let (_, left) = baseline.take_known(&mut findings);
    let pruned = baseline.without(&left);
    assert!(pruned.starts_with("# ours\n") && pruned.lines().count() == 4, "{pruned}");
    assert_eq!(read(&pruned).len(), 1);
    assert_eq!(baseline.without(&[]), text);
}

#[test]
fn both_sides_of_a_conflict_are_read_and_its_marks_go() {
    let lines: Vec<String> =
        written(&[finding("a", "", "x"), finding("b", "", "y"), finding("c", "", "z")], &[])
            .lines()
            .map(str::to_owned)
            .collect();
    let text = format!(
        "{}\n{}\n{}\n<<<<<<< ours\n{}\n||||||| base\n=======\n{}\n>>>>>>> theirs\n",
        lines[0], lines[1], lines[2], lines[3], lines[4]
    );
    let baseline = read(&text);
    assert_eq!((baseline.len(), baseline.conflict()), (3, Some(4)));
    assert_eq!(baseline.without(&[]), lines.join("\n") + "\n");
    assert_eq!(read(&baseline.without(&[])).conflict(), None);
}

#[test]
fn lines_of_before_are_kept_in_their_place() {
    let all =
        written(&[finding("a", "", "x"), finding("b b", "/c d", "y"), finding("c", "", "z")], &[]);
    let baseline = read(&all);
    let retained: Vec<&Entry> =
        baseline.entries.iter().filter(|entry| entry.pointer.contains("/c")).collect();
    let some = [finding("c", "", "z"), finding("a", "", "x")];
    assert_eq!((written(&some, &retained), retained.len()), (all.clone(), 1));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_line() {
    let text = written(&[finding("a", "", "x")], &[]).lines().nth(2).unwrap().to_owned();
    assert_eq!(read(&format!("\u{feff}{text}\n")).len(), 1);
}

#[test]
fn a_line_that_is_no_entry_is_named() {
    let read = |text: &str| Baseline::parse("b", text.as_bytes().to_vec()).map(|b| b.len());
    let line = |line, reason| Err(Misread::new(line, reason));
    let entry = "0123456789abcdef0123456789ABCDEF speaker-tbc a";
    assert_eq!(read(""), Ok(0));
    assert_eq!(read(&format!("{entry}\r\n\n# x\n{entry}")), Ok(2));
    assert_eq!(read("# x\nspeaker-tbc"), line(2, "a fingerprint and a rule expected"));
    assert_eq!(read("012 speaker-tbc"), line(1, "a line begins with a fingerprint of 32 digits"));
    let parsed = Baseline::parse("b", vec![0xff, 0xfe, 0xff]);
    assert!(parsed.is_err(), "{parsed:?}");
}

/// The finding at another place, as after a change of its item.
fn moved(mut finding: Finding, pointer: &str, fingerprint: char) -> Finding {
    finding.location.pointer = pointer.to_owned();
    finding.fingerprint = fingerprint.to_string().repeat(32);
    finding
}

#[test]
fn a_finding_whose_item_has_changed_is_known_by_all_else() {
    let before = finding("a", "/slots/3/speakers/0/name", "TBA");
    let baseline = read(&written(std::slice::from_ref(&before), &[]));
    let known = |after: Finding| {
        let mut findings = vec![after];
        let (known, left) = baseline.take_known(&mut findings);
        let known = known.len();
        assert_eq!((known + left.len(), known + findings.len()), (1, 1));
        known == 1
    };
    assert!(known(moved(before.clone(), "/slots/0/speakers/7/name", '1')));
    assert!(!known(moved(before.clone(), "/slots/0/speakers/7/role", '1')));
    assert!(!known(moved(finding("a", "", "TBC"), "/slots/3/speakers/0/name", '1')));
    assert!(!known(moved(finding("b", "", "TBA"), "/slots/3/speakers/0/name", '1')));
    let other_rule = Finding { rule: RuleId::new("speaker-missing"), ..before };
    assert!(!known(moved(other_rule, "/slots/3/speakers/0/name", '1')));
}

#[test]
fn what_is_known_exactly_goes_first_and_each_line_counts_once() {
    let (one, other) = (finding("a", "/slots/0", "x"), finding("a", "/slots/1", "x"));
    let baseline = read(&written(&[one.clone(), other.clone()], &[]));
    let new = moved(one.clone(), "/slots/0", '1');
    let mut findings = vec![new.clone(), one, other.clone()];
    let (known, left) = baseline.take_known(&mut findings);
    assert_eq!((known.len(), left.len()), (2, 0));
    assert_eq!(
        findings,
        std::slice::from_ref(&new),
        "the new one is not known by the lines of the others"
    );
    let mut findings = vec![new, other];
    assert_eq!((baseline.take_known(&mut findings).0.len(), findings.len()), (2, 0));
}

#[test]
fn a_line_without_values_may_be_about_any() {
    let line = "0123456789abcdef0123456789abcdef speaker-tbc a /slots/1/start\n";
    let (bare, versioned) = (read(line), read(&format!("version 1\n{line}")));
    assert!(
        bare.lacks_version() && !versioned.lacks_version() && !read("# none\n").lacks_version()
    );
    let mut findings = vec![finding("a", "/slots/9/start", "x"), finding("a", "/slots/1", "x")];
    assert_eq!((bare.take_known(&mut findings).0.len(), findings.len()), (1, 1));
}

#[test]
fn a_later_version_is_refused_and_a_version_that_comes_twice_is_read() {
    let parse = |text: &str| Baseline::parse("b", text.as_bytes().to_vec());
    let later = parse("# x\nversion 2\n").unwrap_err();
    assert_eq!((later.line, later.is_later), (2, true));
    assert!(later.reason.starts_with("the file has version 2, and"), "{later:?}");
    for text in ["version 0", "version x", "version"] {
        let wrong = parse(text).unwrap_err();
        assert!(!wrong.is_later && wrong.line == 1, "{wrong:?}");
    }
    assert_eq!(parse("version 1\n<<<<<<< ours\nversion 1\n").unwrap().len(), 0);
}
