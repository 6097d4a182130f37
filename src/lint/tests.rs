//! What is reported where some files are named and the others are only there.

use super::*;
use crate::{finding::RuleId, testing};

const EVENT: &str = "id: forum\nkind: event\nname: Forum\nlanguage: en\nstart: \"2024-03-05\"\nend: \"2024-03-05\"\n";
const CLEAN: &str = "id: clean\nkind: letter\ntitle: T\nlanguage: en\ndate: \"2024-02-01\"\nauthor: {name: Lena}\naddressees: [All]\n\
                     paragraphs: [We agree.]\n";
const BARE: &str = "id: bare\nkind: letter\n";

/// A statement of the day before the event, that follows a record which is not there. All have one text.
fn statement(id: &str) -> String {
    format!(
        "id: {id}\nkind: statement\ntitle: S\nlanguage: en\nevent: forum\ndate: \"2024-03-04\"\n\
         speaker: {{name: Lena Orre}}\nreferences: [{{role: follows, raw: x, record: lost}}]\n\
         paragraphs: [\"The rivers carry what the ports keep, and whoever counts the boats at night knows how many of them come \
         back in the morning with less than they had.\"]\n"
    )
}

/// The path and the rule of what is reported where only the files in `named` are, and the files that count.
fn reported(named: &[&str], more: &[(&str, String)]) -> (Vec<(String, RuleId)>, usize) {
    let mut files = vec![
        ("bare.yaml", BARE.to_owned()),
        ("clean.yaml", CLEAN.to_owned()),
        ("event.yaml", EVENT.to_owned()),
        ("s1.yaml", statement("s1")),
        ("s2.yaml", statement("s2")),
        ("s3.yaml", statement("s1").replace("The rivers", "The lakes and the seas")),
    ];
    files.extend(more.iter().cloned());
    let input = |(path, _): &(&str, String)| {
        let is_named = named.is_empty() || named.contains(path);
        Input { reported: is_named, expected: is_named, ..testing::input(path) }
    };
    let inputs: Vec<Arc<Input>> = files.iter().map(|file| input(file).into()).collect();
    let catalog = Catalog::bundled();
    let read = |input: &Input| {
        let file = files.iter().find(|(path, _)| *path == input.path);
        file.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "gone".to_owned())
    };
    let report = Run::new(&catalog).check(&inputs, &read);
    let found = report.findings.iter().map(|one| (one.location.path.clone(), one.rule));
    (found.collect(), report.summary.files)
}

fn named(named: &[&str]) -> Vec<(String, RuleId)> {
    reported(named, &[]).0
}

fn of(path: &str, rules: &[&'static str]) -> Vec<(String, RuleId)> {
    rules.iter().map(|rule| (path.to_owned(), RuleId::new(rule))).collect()
}

#[test]
fn a_clean_file_has_no_finding_whatever_is_around_it() {
    assert_eq!(reported(&["clean.yaml"], &[]), (vec![], 1));
    assert_eq!(reported(&["clean.yaml", "event.yaml"], &[]).1, 2);
}

#[test]
fn a_named_file_has_its_own_findings_and_those_of_which_it_is_the_other_side() {
    assert_eq!(
        named(&["s2.yaml"]),
        of("s2.yaml", &["duplicate-exact", "date-differs-from-event", "ref-dangling"])
    );
    // The first of two copies is what the second was compared with.
    let found = named(&["s1.yaml"]);
    assert!(found.contains(&("s2.yaml".to_owned(), RuleId::new("duplicate-exact"))), "{found:?}");
    assert!(found.contains(&("s3.yaml".to_owned(), RuleId::new("duplicate-id"))), "{found:?}");
    assert!(!found.contains(&("s2.yaml".to_owned(), RuleId::new("ref-dangling"))), "{found:?}");
    // So is the event, by its dates.
    let found = named(&["event.yaml"]);
    assert!(found.iter().all(|(_, rule)| *rule == "date-differs-from-event"), "{found:?}");
    assert_eq!(found.len(), 3);
}

#[test]
fn without_names_everything_is_reported() {
    let all = named(&[]);
    let each: BTreeSet<_> =
        ["bare.yaml", "clean.yaml", "event.yaml", "s1.yaml", "s2.yaml", "s3.yaml"]
            .into_iter()
            .flat_map(|path| named(&[path]))
            .collect();
    assert_eq!(all.iter().cloned().collect::<BTreeSet<_>>(), each);
}

#[test]
fn what_is_no_record_is_a_finding_only_where_it_is_named() {
    let other = [("package.json", "{\"private\": true}".to_owned())];
    let (found, files) = reported(&["clean.yaml"], &other);
    assert_eq!((found, files), (vec![], 1));
    assert_eq!(reported(&["package.json"], &other).0, of("package.json", &["unknown-kind"]));
}

#[test]
fn what_an_unnamed_file_accepts_is_accepted_and_is_not_judged() {
    let allow = "x-allow: {rule: ref-dangling, reason: it comes}\n";
    let more = [("s4.yaml", format!("{}{allow}", statement("s4")))];
    let (found, _) = reported(&["s4.yaml"], &more);
    assert!(!found.iter().any(|(_, rule)| *rule == "ref-dangling"), "{found:?}");
    let unused = [("c2.yaml", format!("{}{allow}", CLEAN.replace("id: clean", "id: c2")))];
    assert_eq!(reported(&["clean.yaml"], &unused).0, []);
    let (found, _) = reported(&["c2.yaml"], &unused);
    assert_eq!(found, of("c2.yaml", &["allowance-unused"]));
}

#[test]
fn suppressed_findings_stay_in_the_report() {
    let text = format!("{}x-allow: {{rule: ref-dangling, reason: it comes}}\n", statement("s1"));
    let catalog = Catalog::bundled();
    let inputs = [testing::input("a.yaml").into()];
    let report = Run::new(&catalog).check(&inputs, &|_| Ok(text.clone().into_bytes()));
    let has = |list: &[Finding]| list.iter().any(|one| one.rule == "ref-dangling");
    assert!(has(&report.suppressed), "{:?}", report.suppressed);
    assert!(!has(&report.findings));
    assert_eq!(report.summary.allowed, report.suppressed.len());
}
