//! The records of a council that does not exist, in `records/council-example`: nothing is found in them, and each mistake that is
//! put into them is found once.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/records/council-example");

/// A mistake that a clerk makes.
struct Mistake {
    what: &'static str,
    /// The file it is made in.
    file: &'static str,
    /// A text that is there once, and what it becomes. A file without a text is removed.
    change: Option<(&'static str, &'static str)>,
    /// The file, line and column of the finding, its rule and what its message says.
    found: [&'static str; 3],
}

const fn mistake(
    what: &'static str,
    file: &'static str,
    change: Option<(&'static str, &'static str)>,
    found: [&'static str; 3],
) -> Mistake {
    Mistake { what, file, change, found }
}

const AGENDA: &str = "agendas/2025-03.yaml";
const MINUTES: &str = "minutes/2025-03.yaml";

const MISTAKES: &[Mistake] = &[
    mistake(
        "a wrong weekday",
        AGENDA,
        Some(("dateLine: Tuesday", "dateLine: Wednesday")),
        ["agendas/2025-03.yaml:11:11", "weekday-mismatch", "is a Tuesday, not a Wednesday"],
    ),
    mistake(
        "items that overlap",
        AGENDA,
        Some(("end: \"19:10\"\n", "end: \"19:20\"\n")),
        [
            "agendas/2025-03.yaml:32:13",
            "slots-overlap",
            "“Report on the sea wall” begins at `19:10`, before",
        ],
    ),
    mistake(
        "an item that ends before it begins",
        AGENDA,
        Some(("end: \"19:35\"", "end: \"19:05\"")),
        [
            "agendas/2025-03.yaml:33:11",
            "end-before-start",
            "ends at `19:05`, before it begins at `19:10`",
        ],
    ),
    mistake(
        "a hearing without presenter",
        "agendas/2025-02.yaml",
        Some((
            "    presenters:\n      - name: Runa Steen\n        affiliation: Ferry Users' Association\n",
            "",
        )),
        [
            "agendas/2025-02.yaml:29:5",
            "speaker-missing",
            "no speaker for “Hearing on the ferry timetable”",
        ],
    ),
    mistake(
        "a member present and absent",
        MINUTES,
        Some(("absent:\n", "absent:\n  - name: Ana Ruiz\n")),
        [
            "minutes/2025-03.yaml:34:11",
            "duplicate-entry",
            "“Ana Ruiz” appears in both `present` and `absent`",
        ],
    ),
    mistake(
        "seven ayes with six names",
        MINUTES,
        Some(("ayes: 6", "ayes: 7")),
        [
            "minutes/2025-03.yaml:67:15",
            "votes-inconsistent",
            "`ayes` is 7, but `votes` has 6 entries",
        ],
    ),
    mistake(
        "a motion moved by an absent member",
        MINUTES,
        Some(("mover: Ana Ruiz", "mover: Per Holm")),
        [
            "minutes/2025-03.yaml:64:16",
            "ref-dangling",
            "`Per Holm` is absent, not among those present",
        ],
    ),
    mistake(
        "a mover who seconds",
        MINUTES,
        Some(("seconder: Siri Dahl", "seconder: Ana Ruiz")),
        [
            "minutes/2025-03.yaml:65:19",
            "duplicate-entry",
            "“Ana Ruiz” appears in both `mover` and `seconder`",
        ],
    ),
    mistake(
        "lost at six to one",
        "minutes/2025-04.yaml",
        Some(("        outcome: carried\n  - number: 5", "        outcome: lost\n  - number: 5")),
        [
            "minutes/2025-04.yaml:73:18",
            "outcome-contradicts-votes",
            "`outcome` is “lost”, but 6 voted for it and 1 against",
        ],
    ),
    mistake(
        "the name of a voter misspelt",
        MINUTES,
        Some(("{name: Siri Dahl, option: aye}", "{name: Siri Dhal, option: aye}")),
        ["minutes/2025-03.yaml:72:20", "ref-dangling", "`Siri Dhal` is not among those present"],
    ),
    mistake(
        "an item whose title differs from that of the agenda",
        MINUTES,
        Some(("title: Street lights on Gull Lane", "title: Street lights in Gull Lane")),
        [
            "minutes/2025-03.yaml:78:12",
            "event-details-mismatch",
            "has “in” where the title in agenda-2025-03 has “on”",
        ],
    ),
    mistake(
        "adjourned before called to order",
        MINUTES,
        Some(("adjourned: \"20:35\"", "adjourned: \"18:35\"")),
        [
            "minutes/2025-03.yaml:23:13",
            "end-before-start",
            "ends at `18:35`, before it begins at `19:02`",
        ],
    ),
    mistake(
        "a resolution that does not exist",
        MINUTES,
        Some(("resolution-2025-04", "resolution-2025-14")),
        [
            "minutes/2025-03.yaml:66:23",
            "ref-dangling",
            "`resolution-2025-14` is not the id of any record",
        ],
    ),
    mistake(
        "a resolution dated a day after its meeting",
        "resolutions/2025-04.yaml",
        Some(("adopted: \"2025-03-11\"", "adopted: \"2025-03-12\"")),
        ["resolutions/2025-04.yaml:9:11", "record-before-event", "12 March 2025 is 1 day after"],
    ),
    mistake(
        "two resolutions of one number",
        "resolutions/2025-05.yaml",
        Some(("number: 2025-05", "number: 2025-04")),
        [
            "resolutions/2025-05.yaml:8:9",
            "duplicate-id",
            "is already defined in resolution-2025-04",
        ],
    ),
    mistake(
        "a number that is skipped",
        "resolutions/2025-08.yaml",
        Some(("number: 2025-08", "number: 2025-09")),
        [
            "resolutions/2025-08.yaml:8:9",
            "series-gap",
            "`2025-08` is not among the records, but `2025-09` is",
        ],
    ),
    mistake(
        "an agenda without minutes",
        MINUTES,
        None,
        ["agendas/2025-03.yaml:10:8", "counterpart-missing", "no minutes of 11 March 2025"],
    ),
    mistake(
        "minutes without an agenda",
        AGENDA,
        None,
        [
            "minutes/2025-03.yaml:10:8",
            "counterpart-missing",
            "no agenda of 11 March 2025 for “Minutes of the third meeting of 2025”",
        ],
    ),
    mistake(
        "an agenda of another meeting",
        AGENDA,
        Some(("  number: 3\ndate:", "  number: 4\ndate:")),
        [
            "minutes/2025-03.yaml:9:11",
            "event-details-mismatch",
            "the number of the meeting of “council-2025-03, 2025-03-11” is “3”, but “4” in agenda-2025-03",
        ],
    ),
    mistake(
        "a resolution with other votes than the minutes",
        "resolutions/2025-05.yaml",
        Some(("  inFavour: 6", "  inFavour: 5")),
        [
            "resolutions/2025-05.yaml:13:13",
            "event-details-mismatch",
            "the number of votes in favour of resolution-2025-05 is “5”, but “6” in minutes-2025-04",
        ],
    ),
    mistake(
        "a wrong weekday in a title",
        MINUTES,
        Some((
            "title: Minutes of the third meeting of 2025",
            "title: Minutes of Monday, 11 March 2025",
        )),
        [
            "minutes/2025-03.yaml:3:19",
            "weekday-mismatch",
            "11 March 2025 is a Tuesday, not a Monday",
        ],
    ),
    mistake(
        "a quorum that is not met",
        "minutes/2025-05.yaml",
        Some(("needed: 4", "needed: 6")),
        [
            "minutes/2025-05.yaml:37:8",
            "attendance-inconsistent",
            "`met` is true, but 5 members are present and `needed` is 6",
        ],
    ),
    mistake(
        "a motion that is carried without a quorum",
        "minutes/2025-05.yaml",
        Some(("needed: 4\n  present: 5\n  met: true", "needed: 6\n  present: 5\n  met: false")),
        [
            "minutes/2025-05.yaml:49:18",
            "attendance-inconsistent",
            "`outcome` is “carried”, but there was no quorum",
        ],
    ),
    mistake(
        "a quorum that is not the majority of the members",
        "minutes/2025-05.yaml",
        Some(("needed: 4\n", "needed: 4\n  members: 9\n  share: majority\n")),
        [
            "minutes/2025-05.yaml:35:11",
            "attendance-inconsistent",
            "`needed` is 4, but a majority of 9 members is 5",
        ],
    ),
    mistake(
        "a member who arrived after the meeting",
        MINUTES,
        Some(("arrived: \"19:20\"", "arrived: \"20:50\"")),
        [
            "minutes/2025-03.yaml:31:15",
            "attendance-inconsistent",
            "Jon Lund arrived at `20:50`, after the meeting ended at `20:35`",
        ],
    ),
    mistake(
        "minutes that were circulated before the meeting",
        MINUTES,
        Some(("approvedOn: ", "circulated: \"2025-03-01\"\napprovedOn: ")),
        [
            "minutes/2025-03.yaml:24:14",
            "dates-out-of-order",
            "`circulated` (1 March 2025) is before `date`",
        ],
    ),
    mistake(
        "more votes than members",
        "minutes/2025-05.yaml",
        Some((
            "        ayes: 5\n        nays: 0\n        outcome: carried\n  - number: 3",
            "        ayes: 5\n        nays: 1\n        outcome: carried\n  - number: 3",
        )),
        [
            "minutes/2025-05.yaml:47:15",
            "attendance-inconsistent",
            "5 + 1 is 6 votes, but 5 members are present",
        ],
    ),
    mistake(
        "a casting vote without a tie",
        "minutes/2025-06.yaml",
        Some((
            "        outcome: carried\n  - number: 5",
            "        castingVote: aye\n        outcome: carried\n  - number: 5",
        )),
        ["minutes/2025-06.yaml:73:22", "outcome-contradicts-votes", "which is not a tie"],
    ),
    mistake(
        "a majority that is not two thirds",
        "minutes/2025-05.yaml",
        Some(("        outcome: lost", "        outcome: carried")),
        [
            "minutes/2025-05.yaml:74:18",
            "outcome-contradicts-votes",
            "which is not two thirds of the votes",
        ],
    ),
    mistake(
        "approved before the meeting",
        MINUTES,
        Some(("approvedOn: \"2025-04-08\"", "approvedOn: \"2025-03-04\"")),
        [
            "minutes/2025-03.yaml:24:14",
            "dates-out-of-order",
            "`approvedOn` (4 March 2025) is before `date`",
        ],
    ),
    mistake(
        "an absent person who is not a member",
        "minutes/2025-06.yaml",
        Some(("absent:\n", "absent:\n  - name: Runa Steen\n")),
        [
            "minutes/2025-06.yaml:32:11",
            "ref-dangling",
            "the member `Runa Steen` is not among the records",
        ],
    ),
];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn check(folder: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", "--format", "concise", "--color", "never"])
        .args(options)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn nothing_is_found_in_the_records_of_the_council() {
    let output = check(Path::new(FOLDER), &["--fail-on", "info"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), "no findings in 27 files (26 records)\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn each_mistake_is_found_once() {
    let mut problems = Vec::new();
    for mistake in MISTAKES {
        let folder = TempDir::new().unwrap();
        copy(Path::new(FOLDER), folder.path());
        let file = folder.path().join(mistake.file);
        if let Some((old, new)) = mistake.change {
            let text = fs::read_to_string(&file).unwrap();
            assert_eq!(text.matches(old).count(), 1, "{}: {old}", mistake.what);
            fs::write(file, text.replace(old, new)).unwrap();
        } else {
            fs::remove_file(file).unwrap();
        }
        let output = check(folder.path(), &["--quiet"]);
        assert_eq!(text(&output.stderr), "", "{}", mistake.what);
        let lines: Vec<&str> = text(&output.stdout).lines().collect();
        let [place, rule, says] = mistake.found;
        let is_right = |line: &str| {
            line.starts_with(&format!("{place}: "))
                && line.contains(&format!("[{rule}]"))
                && line.contains(says)
        };
        if !matches!(lines.as_slice(), [only] if is_right(only)) {
            problems.push(format!("{}: {lines:#?}", mistake.what));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
