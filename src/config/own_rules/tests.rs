use std::path::Path;

use crate::{Linter, config::Config, lint::Report, rule::RuleSet};

/// A rule on programmes with these further lines.
fn rule(lines: &str) -> String {
    format!(
        "[[rule]]\nid = \"project/mine\"\nschema = \"programme\"\nmessage = \"{{value}} is wrong\"\n{lines}\n"
    )
}

fn parse(text: &str) -> Result<Config, Vec<(String, String, Option<String>)>> {
    let config = Config::parse(Path::new("rapporteur.toml"), text.into(), RuleSet::bundled());
    config.map_err(|error| {
        let problems = error.problems.into_iter();
        let written =
            |span| text.get::<std::ops::Range<usize>>(span).unwrap_or_default().to_owned();
        problems.map(|one| (written(one.span), one.message, one.help)).collect()
    })
}

/// The text and the message of each mistake.
fn mistakes(text: &str) -> Vec<(String, String)> {
    let found = parse(text).err().unwrap_or_default();
    found.into_iter().map(|(text, message, _)| (text, message)).collect()
}

/// The mistakes that are seen only with the schemas.
fn lost(text: &str) -> Vec<String> {
    let error = Linter::new().with_config(text).err();
    let report = error.and_then(|error| error.report()).unwrap_or_default();
    let shown = |one: crate::finding::Finding| {
        let help = one.help.unwrap_or_default();
        format!("{}: {} ({help})", one.location.start.line, one.message)
    };
    report.findings.into_iter().map(shown).collect()
}

fn check(config: &str, files: &[(&str, &str)]) -> Report {
    Linter::new().with_config(config).unwrap().check_texts(files)
}

/// The line and the message of each finding of a rule of the project.
fn found(config: &str, files: &[(&str, &str)]) -> Vec<String> {
    let report = check(config, files);
    let own = report.findings.iter().filter(|one| one.rule.starts_with("project/"));
    own.map(|one| {
        let location = &one.location;
        format!("{}:{} {}", location.path, location.start.line, one.message)
    })
    .collect()
}

const PROGRAMME: &str = "kind: programme\nid: p\ntitle: T\nlanguage: en\ndate: \"2011-05-19\"\nslots:\n  \
    - {kind: other, title: One, start: \"10:00\", end: \"11:00\"}\n  \
    - {kind: other, title: Two, start: \"11:00\", end: \"12:00\"}\n  \
    - {kind: break, title: one, start: \"12:00\", end: \"13:00\"}\n";

#[test]
fn equal_values_of_one_record_are_found_wherever_they_are_looked_for() {
    let text = "kind: programme\nid: p\nslots: [{title: Bins}, {title: Bins}]\n";
    for among in ["list", "record", "file", "records"] {
        let rule = rule(&format!(
            "each = \"/slots/*\"\nunique = {{by = \"/title\", among = \"{among}\"}}"
        ));
        assert_eq!(found(&rule, &[("p.yaml", text)]).len(), 1, "{among}");
    }
}

#[test]
fn values_differ_in_a_record_a_list_a_file_or_everywhere() {
    let in_record = rule("each = \"/slots/*\"\nunique = {by = \"/title\"}");
    assert_eq!(found(&in_record, &[("a.yaml", PROGRAMME)]), ["a.yaml:9 one is wrong"]);
    let in_list =
        rule("each = \"/slots/*\"\nunique = {by = [\"/title\", \"/kind\"], among = \"list\"}");
    assert_eq!(found(&in_list, &[("a.yaml", PROGRAMME)]), [""; 0], "one is a break");
    let other = PROGRAMME.replace("id: p", "id: q").replace("title: T", "title: U");
    let files = [("a.yaml", PROGRAMME), ("b.yaml", other.as_str())];
    let everywhere = rule("unique = {by = \"/date\"}");
    assert_eq!(found(&everywhere, &files), ["b.yaml:5 2011-05-19 is wrong"]);
    assert_eq!(found(&rule("unique = {by = [\"/date\", \"/title\"]}"), &files), [""; 0]);
    assert_eq!(found(&rule("unique = {by = \"/date\", among = \"file\"}"), &files), [""; 0]);
}

#[test]
fn a_value_exists_in_another_record_or_is_in_a_list_of_its_own() {
    let exists = rule("exists = {value = \"/title\", schema = \"letter\", key = \"/title\"}");
    assert_eq!(found(&exists, &[("a.yaml", PROGRAMME)]), ["a.yaml:3 T is wrong"]);
    let letter =
        "kind: letter\nid: l\ntitle: t\nlanguage: en\nauthor: {name: A}\ndate: \"2011-01-01\"\n";
    assert_eq!(found(&exists, &[("a.yaml", PROGRAMME), ("l.yaml", letter)]), [""; 0]);
    let member = rule("member-of = {value = \"/title\", list = \"/slots/*/title\"}");
    assert_eq!(found(&member, &[("a.yaml", PROGRAMME)]), ["a.yaml:3 T is wrong"]);
    let two = PROGRAMME.replace("title: T\n", "title: two\n");
    assert_eq!(found(&member, &[("a.yaml", &two)]), [""; 0]);
    let none = PROGRAMME.split("slots:").next().unwrap_or_default().to_owned() + "slots: []\n";
    assert_eq!(found(&member, &[("a.yaml", &none)]), [""; 0], "what is not listed is not known");
}

#[test]
fn a_value_is_there_or_matches_where_a_condition_holds() {
    let required = |when: &str| {
        let lines =
            format!("each = \"/slots/*\"\nrequired-when = {{value = \"/speakers\"}}\n{when}");
        let config = rule(&lines).replace("{value} is", "{/title} is");
        found(&config, &[("a.yaml", PROGRAMME)])
    };
    let all = ["a.yaml:7 One is wrong", "a.yaml:8 Two is wrong", "a.yaml:9 one is wrong"];
    assert_eq!(required(""), all);
    assert_eq!(required("when = {\"/kind\" = \"Break\"}"), all[2..]);
    assert_eq!(required("when = {\"/kind\" = {not = [\"break\", \"closing\"]}}"), all[..2]);
    assert_eq!(required("when = {\"/title\" = {matches = \"^T\"}}"), all[1..2]);
    assert_eq!(required("when = {\"/room\" = {present = true}}"), [""; 0]);
    assert_eq!(required("when = {\"/room\" = {present = false}, \"/kind\" = \"break\"}"), all[2..]);
    assert_eq!(required("when-record = {\"/language\" = \"fr\"}"), [""; 0]);
    assert_eq!(required("when-record = {\"/language\" = \"EN\"}"), all);
    let matches = rule("each = \"/slots/*\"\nmatches = {value = \"/title\", pattern = \"^[A-Z]\"}");
    assert_eq!(found(&matches, &[("a.yaml", PROGRAMME)]), ["a.yaml:9 one is wrong"]);
}

#[test]
fn dates_are_in_order_and_figures_count() {
    let schema = r#"{"properties": {"kind": {"const": "motion"}, "drafted": {"x-form": "long-date"}, "adopted": {}, "ayes": {}, "votes": {}}}"#;
    let text = "kind: motion\ndrafted: 2 May 2016\nadopted: 2016-05-01\nayes: 3\nvotes: [{by: A, is: aye}, {by: B, is: Aye}, {by: C, is: no}]\n";
    let linter = |check: &str| {
        let config = rule(check)
            .replace("programme", "motion")
            .replace("{value} is wrong", "{/adopted}: {value}");
        let linter = Linter::new().with_schema("motion.schema.json", schema);
        let report = linter.with_config(&config).unwrap().check_text("a.yaml", text);
        let own = report.findings.into_iter().filter(|one| one.rule.starts_with("project/"));
        own.map(|one| format!("{} {}", one.location.start.line, one.message)).collect::<Vec<_>>()
    };
    let order = "before = {earlier = \"/drafted\", later = \"/adopted\"}";
    assert_eq!(linter(order), ["3 2016-05-01: 2016-05-01"]);
    let reverse = "before = {earlier = \"/adopted\", later = \"/drafted\"}";
    assert_eq!(linter(reverse), [""; 0]);
    let counts = "counts = {figure = \"/ayes\", list = \"/votes\", by = \"/is\", of = [\"aye\"]}";
    assert_eq!(linter(counts), ["4 2016-05-01: 3"]);
    assert_eq!(linter("counts = {figure = \"/ayes\", list = \"/votes\"}"), [""; 0]);
}

#[test]
fn what_was_cancelled_is_not_checked_and_levels_and_suppressions_hold() {
    let config = rule("matches = {value = \"/title\", pattern = \"^X\"}\nlevel = \"error\"");
    assert_eq!(check(&config, &[("a.yaml", PROGRAMME)]).summary.errors, 1);
    let off = config.clone() + "[rules]\n\"project/mine\" = \"info\"\n";
    assert_eq!(check(&off, &[("a.yaml", PROGRAMME)]).summary.infos, 1);
    let off = config.clone() + "[rules]\nproject = \"off\"\n";
    assert_eq!(found(&off, &[("a.yaml", PROGRAMME)]), [""; 0]);
    let allowed =
        PROGRAMME.replace("title: T\n", "title: T # rapporteur: allow(project/mine) agreed\n");
    let report = check(&config, &[("a.yaml", &allowed)]);
    assert_eq!((report.summary.allowed, report.summary.errors), (1, 0));
    let cancelled = format!("{PROGRAMME}status: cancelled\n");
    assert_eq!(found(&config, &[("a.yaml", &cancelled)]), [""; 0]);
}

#[test]
fn a_rule_without_level_warns_and_one_that_is_off_can_be_on_in_some_files() {
    let matches = "matches = {value = \"/title\", pattern = \"^X\"}";
    assert_eq!(check(&rule(matches), &[("a.yaml", PROGRAMME)]).summary.warnings, 1);
    let off = rule(&format!("{matches}\nlevel = \"off\""))
        + "[[overrides]]\nfiles = \"b\"\n[overrides.rules]\n\"project/mine\" = \"error\"\n";
    let other = PROGRAMME.replace("id: p", "id: q");
    let files = [("a.yaml", PROGRAMME), ("b/a.yaml", other.as_str())];
    assert_eq!(found(&off, &files), ["b/a.yaml:3 T is wrong"]);
}

#[test]
fn rules_of_a_project_leave_the_others_alone() {
    // Both records have the date, and the title of one is no letter: only the rule of the project says so.
    let other = PROGRAMME.replace("id: p", "id: q");
    let files = [("a.yaml", PROGRAMME), ("b.yaml", other.as_str())];
    let own = rule("unique = {by = \"/date\"}");
    let builtin = |report: &Report| -> Vec<String> {
        let all = report.findings.iter().filter(|one| !one.rule.starts_with("project/"));
        all.map(|one| format!("{} {} {}", one.location.path, one.rule, one.message)).collect()
    };
    assert_eq!(builtin(&check(&own, &files)), builtin(&check("", &files)));
}

#[test]
fn mistakes_are_reported_where_they_are() {
    let one = |text: &str, message: &str| vec![(text.to_owned(), message.to_owned())];
    let unique = "unique = {by = \"/title\"}";
    for (lines, text, message) in [
        ("uniqe = {by = \"/title\"}\nunique = {by = \"/title\"}", "uniqe", "unknown key `uniqe`"),
        ("unique = {by = \"title\"}", "\"title\"", "the pointer `title` does not begin with `/`"),
        (
            "unique = {by = \"/slots/*/title\"}",
            "\"/slots/*/title\"",
            "`by` has a `*`, and leads to one value",
        ),
        ("unique = {by = \"/a\", amung = \"file\"}", "amung", "unknown key `amung`"),
        ("unique = {by = \"/a\", among = \"lists\"}", "\"lists\"", "`among` is `lists`"),
        (
            "unique = {by = \"/a\", among = \"list\"}",
            "\"list\"",
            "`among` is `list`, and `each` does not lead to the items of a list",
        ),
        (
            "matches = {value = \"/a\", pattern = \"(a\"}",
            "\"(a\"",
            "the pattern `(a` cannot be used: it is not a regular expression, or uses look-around or a backreference",
        ),
        ("matches = {value = \"/a\"}", "{value = \"/a\"}", "`matches` has no `pattern`"),
        (
            "member-of = {value = [\"/a\", \"/b\"], list = \"/all/*\"}",
            "\"/all/*\"",
            "`list` has 1 pointers, and `value` has 2",
        ),
        (
            "counts = {figure = \"/a\"}",
            "{figure = \"/a\"}",
            "`counts`: `figure` with `list`, or `sum` with `figure` or `is`, is expected",
        ),
        (
            "unique = {by = \"/a\"}\nwhen = {\"/b/*\" = 1}",
            "\"/b/*\"",
            "the pointer `/b/*` has a `*`, and a condition is about one value",
        ),
        (
            "unique = {by = \"/a\"}\nwhen = {\"/b\" = {is-not = 1}}",
            "is-not",
            "unknown key `is-not`",
        ),
        (
            "unique = {by = \"/a\"}\nbefore = {earlier = \"/a\", later = \"/b\"}",
            "{earlier = \"/a\", later = \"/b\"}",
            "the entry has more than one check: `before` is the second",
        ),
    ] {
        assert_eq!(mistakes(&rule(lines)), one(text, message), "{lines}");
    }
    let none = mistakes(&rule(""));
    assert_eq!(none[0].1, "the entry does not say what it checks");
    let wrong_id = rule(unique).replace("project/mine", "mine");
    assert_eq!(mistakes(&wrong_id), one("\"mine\"", "`mine` is not an id of a rule of a project"));
    let message = rule(unique).replace("{value}", "{title}");
    assert_eq!(mistakes(&message)[0].1, "the message has `{title}`, which names no value");
    let twice = rule(unique).repeat(2);
    assert_eq!(mistakes(&twice)[0].1, "the rule `project/mine` is already declared above");
    let no_rule = rule(unique) + "[rules]\n\"project/other\" = \"off\"\n";
    assert_eq!(mistakes(&no_rule), one("\"project/other\"", "no rule or family `project/other`"));
}

#[test]
fn a_pointer_that_no_schema_has_is_reported() {
    let expected = |line: usize, text: &str| vec![format!("{line}: {text}")];
    assert_eq!(
        lost(&rule("unique = {by = \"/titel\"}")),
        expected(
            5,
            "the pointer `/titel` leads nowhere: `programme` has no property `titel` there (did you mean `title`?)"
        )
    );
    assert_eq!(
        lost(&rule("each = \"/slots/*\"\nunique = {by = \"/titel\"}")),
        expected(
            6,
            "the pointer `/titel` leads nowhere: `programme` has no property `titel` there (did you mean `title`?)"
        )
    );
    assert_eq!(
        lost(&rule("each = \"/slot/*\"\nunique = {by = \"/title\"}")),
        expected(
            5,
            "the pointer `/slot/*` leads nowhere: `programme` has no property `slot` there (did you mean `slots`?)"
        )
    );
    assert_eq!(
        lost(&rule("unique = {by = \"/title\"}").replace("{value}", "{/titel}")),
        expected(
            4,
            "the pointer `/titel` leads nowhere: `programme` has no property `titel` there (did you mean `title`?)"
        )
    );
    assert_eq!(
        lost(&rule("unique = {by = \"/title\"}\nwhen = {\"/langage\" = \"en\"}")),
        expected(
            6,
            "the pointer `/langage` leads nowhere: `programme` has no property `langage` there (did you mean `language`?)"
        )
    );
    assert_eq!(
        lost(&rule("unique = {by = \"/title\"}").replace("programme", "program")),
        expected(
            3,
            "`program` is neither a kind nor a schema file of this project (did you mean `programme`?)"
        )
    );
    // One of two schemas is enough.
    let two =
        rule("unique = {by = \"/slots\"}").replace("\"programme\"", "[\"letter\", \"programme\"]");
    assert_eq!(lost(&two), [""; 0]);
    let other =
        rule("exists = {value = \"/title\", schema = \"letter\", key = \"/slots/*/title\"}");
    assert_eq!(lost(&other).len(), 1, "a letter has no slots");
}

#[test]
fn times_are_in_order_as_days_are() {
    let config = rule("each = \"/slots/*\"\nbefore = {earlier = \"/start\", later = \"/end\"}");
    let files = |start: &str, end: &str| {
        let slots =
            format!("slots: [{{kind: other, title: One, start: \"{start}\", end: \"{end}\"}}]");
        let text = format!(
            "kind: programme\nid: p\ntitle: T\nlanguage: en\ndate: \"2011-05-19\"\n{slots}\n"
        );
        found(&config, &[("p.yaml", &text)])
    };
    assert_eq!(files("10:00", "09:30"), ["p.yaml:6 09:30 is wrong"]);
    for (start, end) in
        [("10:00", "10:00"), ("10:00", "11:00"), ("22:00", "00:30"), ("ten", "09:30")]
    {
        assert_eq!(files(start, end), [""; 0], "{start} {end}");
    }
    let config = config.replace("/slots/*", "").replace("each = \"\"\n", "");
    let config = config.replace("/start", "/x-from").replace("/end", "/x-to");
    let moments = |from: &str, to: &str| {
        let text = format!("{PROGRAMME}x-from: \"{from}\"\nx-to: \"{to}\"\n");
        found(&config, &[("p.yaml", &text)])
    };
    assert_eq!(moments("2011-05-19T10:00Z", "2011-05-19T09:00Z").len(), 1);
    assert_eq!(moments("2011-05-20", "2011-05-19").len(), 1);
    assert_eq!(
        moments("2011-05-19T10:00Z", "2011-05-19T09:00+02:00"),
        [""; 0],
        "another time zone"
    );
    assert_eq!(moments("2011-05-19T10:00", "2011-05-20T09:00"), [""; 0]);
}

#[test]
fn a_value_that_the_schema_does_not_allow_is_reported() {
    let required = "required-when = {value = \"/date\"}";
    assert_eq!(
        lost(&rule(&format!("{required}\nwhen = {{\"/status\" = [\"final\", \"fnial\"]}}"))),
        ["6: `/status` of `programme` is never `fnial` (did you mean `final`?)"]
    );
    assert_eq!(
        lost(&rule(&format!("{required}\nwhen-record = {{\"/status\" = {{not = \"open\"}}}}")))
            .len(),
        1
    );
    assert_eq!(lost(&rule(&format!("{required}\nwhen = {{\"/status\" = \"Final\"}}"))), [""; 0]);
    assert_eq!(lost(&rule(&format!("{required}\nwhen = {{\"/title\" = \"Final\"}}"))), [""; 0]);
}

#[test]
fn what_is_counted_is_a_list() {
    assert_eq!(
        lost(&rule("counts = {figure = \"/date\", list = \"/title\"}")),
        ["5: `/title` of `programme` is never a list (point at the list whose items are counted)"]
    );
    assert_eq!(lost(&rule("counts = {figure = \"/x-slots\", list = \"/slots\"}")), [""; 0]);
}
