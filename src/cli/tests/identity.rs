//! Findings keep their identity while records are edited: the baseline, the fingerprints in reports, and what is accepted.

use std::collections::BTreeSet;

use super::*;

const CONFIG: &str = "[[records]]\nfiles = \"*.yaml\"\n";
const HEAD: &str =
    "id: day-1\nkind: programme\ntitle: First day\nlanguage: en\ndate: \"2026-04-14\"\n";

/// A slot from one hour to another, in YAML of one line; `more` begins with a comma.
fn slot(id: &str, kind: &str, (start, end): (&str, &str), more: &str) -> String {
    let id = if id.is_empty() { String::new() } else { format!("id: {id}, ") };
    format!("  - {{{id}kind: {kind}, start: \"{start}\", end: \"{end}\"{more}}}\n")
}

fn programme(slots: &[String]) -> String {
    format!("{HEAD}slots:\n{}", slots.concat())
}

/// Two slots that overlap and two that lack a speaker, with ids or without.
fn slots(has_ids: bool) -> Vec<String> {
    let id = |id| if has_ids { id } else { "" };
    vec![
        slot(id("welcome"), "other", ("09:00", "10:00"), ", title: Welcome"),
        slot(id("budget"), "other", ("09:30", "10:30"), ", title: Budget"),
        slot(id("outlook"), "keynote", ("10:30", "11:00"), ", title: Outlook, speakers: []"),
        slot(
            id("review"),
            "keynote",
            ("11:00", "11:30"),
            ", title: Review, speakers: [{name: TBA}]",
        ),
        slot(id("closing"), "keynote", ("11:30", "12:00"), ", title: Closing, speakers: []"),
    ]
}

fn scene(slots: &[String]) -> tempfile::TempDir {
    folder(&[("rapporteur.toml", CONFIG), ("day.yaml", &programme(slots))])
}

fn put(at: &tempfile::TempDir, slots: &[String]) {
    fs::write(at.path().join("day.yaml"), programme(slots)).unwrap();
}

/// The fingerprints of a report in a format for other programs.
fn prints(at: &Path, format: &str) -> BTreeSet<String> {
    let (_, out, _) = run_in(at, &["check", "--no-baseline", "--no-collapse", "--format", format]);
    let is_print = |word: &&str| word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    out.split('"').filter(is_print).map(str::to_owned).collect()
}

#[test]
fn a_slot_that_is_inserted_changes_no_fingerprint_of_the_others() {
    for has_ids in [true, false] {
        let at = scene(&slots(has_ids));
        let before: Vec<_> = ["sarif", "json", "gitlab"].map(|f| prints(at.path(), f)).to_vec();
        assert_eq!(before[0].len(), 4, "{before:?}");
        assert!(before.iter().all(|prints| *prints == before[0]), "{before:?}");
        assert_eq!(run_in(at.path(), &["baseline", "create"]).1, "4 findings saved\n");
        let mut more = slots(has_ids);
        more.insert(0, slot("coffee", "break", ("08:00", "08:30"), ", title: Coffee"));
        put(&at, &more);
        for (format, before) in ["sarif", "json", "gitlab"].into_iter().zip(&before) {
            assert_eq!(prints(at.path(), format), *before, "{format}");
        }
        let (code, out, err) = run_in(at.path(), &["check", "--fail-on=info"]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.starts_with("no findings in 1 file (1 record); 4 in the baseline"), "{out}");
        more[0] = slot("dawn", "keynote", ("08:00", "08:30"), ", title: Dawn, speakers: []");
        put(&at, &more);
        let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
        assert!(code == 1 && out.contains("day.yaml:7:"), "the new mistake is reported: {out}");
        assert!(out.contains("speaker-missing") && out.contains("4 in the baseline"), "{out}");
    }
}

#[test]
fn slots_that_are_deleted_or_swapped_change_no_fingerprint_of_the_others() {
    for has_ids in [true, false] {
        let at = scene(&slots(has_ids));
        run_in(at.path(), &["baseline", "create"]);
        let mut fewer = slots(has_ids);
        fewer.remove(0);
        put(&at, &fewer);
        let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
        assert_eq!(code, 0, "{out}");
        assert_eq!(out.matches("warning[baseline-stale]").count(), 1, "{out}");
        assert!(out.contains("1 warning in 1 file (1 record); 3 in the baseline"), "{out}");
        let mut swapped = slots(has_ids);
        swapped.swap(2, 4);
        put(&at, &swapped);
        let (code, out, _) =
            run_in(at.path(), &["check", "--ignore=slots-out-of-order", "--fail-on=info"]);
        assert_eq!(code, 0, "{out}");
    }
}

#[test]
fn an_edited_or_renamed_item_is_known_by_all_else() {
    let at = scene(&slots(true));
    run_in(at.path(), &["baseline", "create"]);
    let before = prints(at.path(), "json");
    let edit = |from: &str, to: &str| {
        fs::write(at.path().join("day.yaml"), programme(&slots(true)).replace(from, to)).unwrap();
        prints(at.path(), "json") == before
    };
    assert!(edit("title: Outlook", "title: The outlook for 2027"), "it has a key");
    assert!(edit(
        "  - {id: outlook, kind: keynote, ",
        "\n\n  # so\n  - {kind: keynote,\n     id: outlook, "
    ));
    assert!(!edit("id: outlook", "id: forecast"));
    let (code, out, _) = run_in(at.path(), &["check", "--fail-on=info"]);
    assert!(code == 0 && out.contains("4 in the baseline"), "{out}");
}

#[test]
fn a_file_can_be_renamed_where_its_record_has_an_id() {
    let at = scene(&slots(true));
    let before = prints(at.path(), "sarif");
    run_in(at.path(), &["baseline", "create"]);
    fs::rename(at.path().join("day.yaml"), at.path().join("tuesday.yaml")).unwrap();
    assert_eq!(prints(at.path(), "sarif"), before);
    assert_eq!(run_in(at.path(), &["check"]).0, 0);
    fs::write(at.path().join("tuesday.yaml"), programme(&slots(true)).replace("id: day-1\n", ""))
        .unwrap();
    let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
    assert_eq!(code, 1, "another record: {out}");
}

#[test]
fn a_mistake_that_was_corrected_is_a_warning() {
    let at = scene(&slots(true));
    run_in(at.path(), &["baseline", "create"]);
    let right = programme(&slots(true)).replace("10:00", "09:30");
    fs::write(at.path().join("day.yaml"), right).unwrap();
    let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
    assert!(code == 0 && out.contains("warning[baseline-stale]"), "{out}");
    assert_eq!(run_in(at.path(), &["check", "--fail-on=warning"]).0, 1);
    assert_eq!(run_in(at.path(), &["baseline", "check"]).0, 1, "it is asked for what is gone");
    // A record that is gone is the same.
    fs::write(
        at.path().join("day.yaml"),
        programme(&[])
            .replace("slots:\n", "slots: [{kind: break, title: Lunch, start: \"12:00\"}]\n")
            .replace("day-1", "day-2"),
    )
    .unwrap();
    let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
    assert_eq!((code, out.matches("warning[baseline-stale]").count()), (0, 4), "{out}");
}

fn allow(at: &tempfile::TempDir, entry: &str) -> (u8, String) {
    let config = format!("{CONFIG}[[allow]]\nreason = \"agreed\"\n{entry}");
    fs::write(at.path().join("rapporteur.toml"), config).unwrap();
    let (code, out, _) = run_in(at.path(), &["check", "--format=concise"]);
    (code, out)
}

/// The lines of the findings of a rule.
fn lines<'o>(out: &'o str, rule: &str) -> Vec<&'o str> {
    let of_rule = out.lines().filter(|line| line.contains(&format!("[{rule}]")));
    of_rule.map(|line| line.split(':').nth(1).unwrap_or_default()).collect()
}

#[test]
fn an_allowance_names_an_item_by_its_key() {
    let at = scene(&slots(true));
    let by_key =
        "rule = \"speaker-missing\"\nrecord = \"day-1\"\npointer = \"/slots/outlook/speakers\"\n";
    let (_, out) = allow(&at, by_key);
    assert_eq!(lines(&out, "speaker-missing"), ["11"], "{out}");
    let mut more = slots(true);
    more.insert(0, slot("dawn", "keynote", ("08:00", "08:30"), ", title: Dawn, speakers: []"));
    put(&at, &more);
    let (code, out) = allow(&at, by_key);
    assert_eq!((code, lines(&out, "speaker-missing")), (1, vec!["7", "12"]), "{out}");
    assert_eq!(lines(&out, "speaker-placeholder"), ["11"], "{out}");
    assert!(out.contains("1 suppressed") && !out.contains("allowance"), "{out}");
    let (_, out) = allow(&at, &by_key.replace("outlook", "outloook"));
    assert_eq!(lines(&out, "allowance-unused"), ["5"], "{out}");
}

#[test]
fn a_suppression_by_index_still_counts_and_the_key_is_proposed() {
    let at = scene(&slots(true));
    let by_index =
        "rule = \"speaker-missing\"\nrecord = \"day-1\"\npointer = \"/slots/2/speakers\"\n";
    let (code, out) = allow(&at, by_index);
    assert_eq!((code, lines(&out, "speaker-missing")), (1, vec!["11"]), "{out}");
    assert_eq!(lines(&out, "allowance-by-index"), ["7"], "{out}");
    let (_, out, _) = run_in(at.path(), &["check"]);
    assert!(out.contains("write `/slots/outlook/speakers`"), "{out}");
    // Where an item has no key, there is nothing better.
    put(&at, &slots(false));
    let (_, out) = allow(&at, by_index);
    assert_eq!(lines(&out, "allowance-by-index"), [""; 0], "{out}");
    // In another record the item has another key.
    put(&at, &slots(true));
    let other = programme(&slots(true)).replace("day-1", "day-2").replace("outlook", "forecast");
    fs::write(at.path().join("other.yaml"), other).unwrap();
    let (_, out) = allow(&at, "rule = \"speaker-missing\"\npointer = \"/slots/2\"\n");
    assert!(lines(&out, "allowance-by-index").is_empty() && out.contains("2 suppressed"), "{out}");
    let off = "[rules]\nallowance-by-index = \"off\"\n";
    fs::remove_file(at.path().join("other.yaml")).unwrap();
    assert!(!allow(&at, &format!("{by_index}{off}")).1.contains("allowance-by-index"));
}

#[test]
fn a_fingerprint_is_allowed_alone_or_with_its_rule() {
    let at = scene(&slots(true));
    let (_, out, _) = run_in(at.path(), &["check", "--format=jsonl"]);
    let line = out.lines().find(|line| line.contains("/slots/4/speakers")).unwrap();
    let finding: serde_json::Value = serde_json::from_str(line).unwrap();
    let print = finding["fingerprint"].as_str().unwrap();
    for rule in ["", "rule = \"speaker-missing\"\n"] {
        let (_, out) = allow(&at, &format!("{rule}fingerprint = \"{print}\"\n"));
        assert_eq!(lines(&out, "speaker-missing"), ["9"], "{out}");
        assert!(out.contains("1 suppressed") && !out.contains("allowance"), "{out}");
    }
    let (_, out) = allow(&at, &format!("rule = \"schema\"\nfingerprint = \"{print}\"\n"));
    assert_eq!(lines(&out, "speaker-missing").len(), 2, "{out}");
    assert!(out.contains("allowance-unused"), "{out}");
    let wrong = format!("fingerprint = \"{}\"\n", "0".repeat(32));
    let (_, out) = allow(&at, &wrong);
    assert!(out.contains("warning[allowance-unused] no finding has the fingerprint"), "{out}");
    // Where not every rule runs, it may be that of another.
    let off = format!("{wrong}[rules]\ntimes = \"off\"\n");
    assert!(!allow(&at, &off).1.contains("allowance-unused"));
    let (_, out, _) = run_in(at.path(), &["check", "--show-settings"]);
    assert!(out.contains(&"0".repeat(32)), "{out}");
}

#[test]
fn a_baseline_of_a_later_version_is_refused_and_kept() {
    let at = scene(&slots(true));
    run_in(at.path(), &["baseline", "create"]);
    let path = at.path().join("rapporteur.baseline");
    let later = fs::read_to_string(&path).unwrap().replace("version 1\n", "version 2\n");
    fs::write(&path, &later).unwrap();
    for arguments in
        [&["check"][..], &["baseline", "update"], &["baseline", "prune"], &["baseline", "check"]]
    {
        let (code, _, err) = run_in(at.path(), arguments);
        let why = "line 2: the file has version 2, and this rapporteur reads version 1";
        assert!(code == 2 && err.contains(why), "{arguments:?}: {err}");
        assert!(err.contains("use the version of rapporteur that wrote it"), "{err}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), later);
}

#[test]
fn a_baseline_without_a_version_is_read_by_rule_record_and_pointer() {
    let at = scene(&slots(true));
    let line = |print: &str, rest: &str| format!("{}{rest}\n", print.repeat(32));
    let text = line("a", " slots-overlap day-1 /slots/0/start")
        + &line("b", " speaker-missing day-1 /slots/0/speakers")
        + &line("c", " speaker-missing day-1 /slots/1/speakers")
        + &line("d", " speaker-placeholder day-1 /slots/8/speakers/0/name")
        + &line("e", " speaker-placeholder day-1 /slots/9/speakers/0/name");
    fs::write(at.path().join("rapporteur.baseline"), text).unwrap();
    let (code, out, err) = run_in(at.path(), &["check", "--format=concise"]);
    assert!(err.contains("the baseline `rapporteur.baseline` names no version"), "{err}");
    assert_eq!((code, out.matches("warning[baseline-stale]").count()), (0, 1), "{out}");
    assert!(out.contains("4 in the baseline"), "{out}");
    assert_eq!(run_in(at.path(), &["check", "--quiet"]).2, "");
    let (_, out, _) = run_in(at.path(), &["baseline", "update"]);
    assert_eq!(out, "4 findings saved: 0 new, 1 gone\n");
    let (code, _, err) = run_in(at.path(), &["check", "--fail-on=info"]);
    assert_eq!((code, err.as_str()), (0, ""));
}
