//! Which Markdown files are minutes and agendas, by their names and their first lines, and what other files look like.

use std::collections::{BTreeMap, BTreeSet};

use crate::{calendar, config::Glob};

/// What a Markdown file is the record of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meeting {
    /// An agenda. Its entry comes first, since it is the one with a pattern for names.
    Agenda,
    /// Minutes.
    Minutes,
}

impl Meeting {
    /// The kind of the records, which has the schema.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Minutes => "minutes",
        }
    }
}

impl Meeting {
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Agenda => "agendas",
            Self::Minutes => "minutes",
        }
    }
}

/// An entry of the configuration for files of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) meeting: Meeting,
    pub(super) count: usize,
    pub(super) files: Vec<String>,
    pub(super) exclude: Vec<String>,
}

/// As much of a file as shows what it is.
const HEAD: usize = 6_000;
/// Words in names and headings, in English, French and Spanish.
const AGENDAS: [&str; 5] = ["agenda", "agendas", "ordre", "orden", "programa"];
const MINUTES: [&str; 12] = [
    "minutes",
    "notes",
    "meeting",
    "meetings",
    "telecon",
    "teleconference",
    "call",
    "compte",
    "proces",
    "acta",
    "actas",
    "reunion",
];
/// What a list of those who came is called.
const ATTENDANCE: [&str; 14] = [
    "present",
    "attendees",
    "attendance",
    "attending",
    "participants",
    "regrets",
    "roll",
    "absent",
    "apologies",
    "presents",
    "excuses",
    "asistentes",
    "presentes",
    "quorum",
];
/// Files beside records that are none.
const NEUTRAL: [&str; 8] = [
    "readme",
    "index",
    "template",
    "contributing",
    "changelog",
    "license",
    "code_of_conduct",
    "security",
];

/// The words of a text in small letters without accents.
fn words(text: &str) -> impl Iterator<Item = String> {
    use unicode_normalization::UnicodeNormalization as _;

    let plain: String = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let all: Vec<String> =
        plain.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    all.into_iter().filter(|word| !word.is_empty())
}

fn has(text: &str, known: &[&str]) -> bool {
    words(text).any(|word| known.contains(&word.as_str()))
}

/// What a Markdown file is, by its path and its text; `None` if it is not surely a meeting's.
pub(super) fn recognized(path: &str, text: &str) -> Option<Meeting> {
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let head = &without_code(&text[..end]);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if is_neutral(name) && !has_date(folder, "") {
        return None;
    }
    let parent = folder.rsplit('/').find(|part| words(part).any(|word| word.len() > 4));
    let title = title(head);
    if !has_date(path, head) {
        return None;
    }
    let is_agenda = has(stem, &AGENDAS) || folder.split('/').any(|part| has(part, &AGENDAS));
    if is_agenda && !has(stem, &MINUTES[..2]) {
        return Some(Meeting::Agenda);
    }
    let is_named = has(stem, &MINUTES) || parent.is_some_and(|parent| has(parent, &MINUTES));
    let is_titled = has(&title, &MINUTES);
    (is_named || is_titled || has_attendance(head)).then_some(Meeting::Minutes)
}

/// The lines of a text that are not in a fence: what is there is an example.
fn without_code(text: &str) -> String {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Whether a file is one of those that repositories have beside their records.
fn is_neutral(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    NEUTRAL.contains(&stem.to_lowercase().as_str())
}

/// The first headings, and the title in the front matter.
fn title(head: &str) -> String {
    let lines = head.lines().map(str::trim);
    let is_title = |line: &&str| line.starts_with('#') || line.starts_with("title:");
    lines.filter(is_title).take(2).collect::<Vec<_>>().join(" ")
}

/// Whether a heading, a field or a line of its own names those who came.
fn has_attendance(head: &str) -> bool {
    let mut lines = head.lines().filter(|line| !line.starts_with('|'));
    lines.any(|line| {
        let plain = line.trim_matches(|c: char| c.is_whitespace() || "#*-_>:".contains(c));
        let key = plain.split([':', '：']).next().unwrap_or(plain);
        let is_key = line.trim_start().starts_with('#') || key.len() < plain.len();
        let is_short = key.split_whitespace().count() <= 4;
        (is_key || plain.len() == key.len()) && is_short && has(key, &ATTENDANCE)
    })
}

/// Whether a path or the first lines of a text have a date.
fn has_date(path: &str, head: &str) -> bool {
    let digits = |text: &str| {
        let runs: Vec<&str> =
            text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
        let is_year = |run: &&str| run.len() == 4 && run.starts_with("20");
        let is_long = |run: &&str| matches!(run.len(), 6 | 8) && run.starts_with("20");
        runs.iter().any(is_long)
            || runs.windows(2).any(|pair| is_year(&pair[0]) && matches!(pair[1].len(), 1 | 2))
            || runs.windows(2).any(|pair| pair[0].len() == 6 && pair[0].starts_with('2'))
    };
    let named_month = |line: &str| {
        let has_digit = line.contains(|c: char| c.is_ascii_digit());
        has_digit && words(line).any(|word| calendar::month(&word).is_some())
    };
    let mut lines = head.lines().take(15);
    digits(path) || lines.any(|line| digits(line) || named_month(line))
}

#[derive(Default)]
struct Folder<'p> {
    folders: BTreeMap<&'p str, Folder<'p>>,
    files: Vec<(&'p str, Option<Meeting>)>,
}

/// A Markdown file: its path, and what it is.
pub(super) type Text<'p> = (&'p str, Option<Meeting>);

impl<'p> Folder<'p> {
    fn put(&mut self, path: &'p str, is: Option<Meeting>) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().put(rest, is),
            None => self.files.push((path, is)),
        }
    }

    fn all(&self) -> Vec<Text<'p>> {
        let below = self.folders.values().flat_map(Folder::all);
        self.files.iter().copied().chain(below).collect()
    }

    /// Adds patterns for the files of this kind in and below the folder at `path`, which ends in `/` unless it is empty.
    fn cover(&self, wanted: Meeting, path: &str, patterns: &mut Vec<String>) {
        let all = self.all();
        let (mine, others): (Vec<Text<'_>>, Vec<Text<'_>>) =
            all.into_iter().partition(|(_, is)| *is == Some(wanted));
        if mine.is_empty() {
            return;
        }
        // The entry for agendas comes before that for minutes.
        let is_met = |(name, is): &Text<'_>| {
            is_neutral(name) || (wanted == Meeting::Minutes && *is == Some(Meeting::Agenda))
        };
        let ending = ending(&mine);
        if !path.is_empty() && others.iter().all(is_met) {
            return patterns.push(format!("{path}**/*.{ending}"));
        }
        for word in ["agenda", "Agenda"].into_iter().filter(|_| wanted == Meeting::Agenda) {
            let is_named = |(name, _): &Text<'_>| name.contains(word);
            if !path.is_empty() && mine.iter().all(is_named) && !others.iter().any(is_named) {
                return patterns.push(format!("{path}**/*{word}*.{ending}"));
            }
        }
        let own: Vec<&Text<'_>> = self.files.iter().filter(|(_, is)| *is == Some(wanted)).collect();
        if own.len() == self.files.len() && !path.is_empty() {
            patterns.extend((!own.is_empty()).then(|| format!("{path}*.{ending}")));
        } else {
            patterns.extend(
                own.iter().map(|(name, _)| format!("{path}{}", super::patterns::escaped(name))),
            );
        }
        for (name, folder) in &self.folders {
            folder.cover(wanted, &format!("{path}{}/", super::patterns::escaped(name)), patterns);
        }
    }
}

fn ending(files: &[Text<'_>]) -> &'static str {
    let long = files.iter().filter(|(name, _)| name.ends_with(".markdown")).count();
    match long {
        0 => "md",
        count if count == files.len() => "markdown",
        _ => "{md,markdown}",
    }
}

/// The entries for the meetings among Markdown files, and the files that they leave out.
pub(super) fn entries(files: &[Text<'_>]) -> Vec<Entry> {
    let mut root = Folder::default();
    for (path, is) in files {
        root.put(path, *is);
    }
    let mut entries = Vec::new();
    for meeting in [Meeting::Agenda, Meeting::Minutes] {
        let mut patterns = Vec::new();
        root.cover(meeting, "", &mut patterns);
        let globs: Vec<Glob> =
            patterns.iter().filter_map(|pattern| Glob::new(pattern, 0..0).ok()).collect();
        if globs.is_empty() || globs.len() < patterns.len() {
            continue;
        }
        let is_met =
            |(path, is): &&Text<'_>| is.is_none() && globs.iter().any(|glob| glob.matches(path));
        let names = files.iter().filter(is_met).map(|(path, _)| path.rsplit('/').next());
        let names: BTreeSet<&str> = names.flatten().collect();
        let exclude =
            names.into_iter().map(|name| format!("**/{}", super::patterns::escaped(name)));
        let count = files.iter().filter(|(_, is)| *is == Some(meeting)).count();
        entries.push(Entry { meeting, count, files: patterns, exclude: exclude.collect() });
    }
    entries
}

/// What files that are not read as records look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Other {
    Talk,
    Table,
    Calendar,
    Office,
}

impl Other {
    /// What a file looks like; `None` if it is hardly a record.
    pub(super) fn of(path: &str, text: &str) -> Option<Self> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())?;
        Some(match ending.as_str() {
            "csv" | "tsv" => Self::Table,
            "ics" => Self::Calendar,
            "docx" | "odt" | "doc" | "xlsx" | "ods" => Self::Office,
            "md" | "markdown" => {
                let front = text.strip_prefix("---").and_then(|rest| rest.split("\n---").next())?;
                let keys = ["room:", "track:", "speakers:", "presenter_slugs:", "start_datetime:"];
                let has = |key: &&&str| front.lines().any(|line| line.starts_with(**key));
                (keys.iter().filter(has).count() >= 2).then_some(Self::Talk)?
            }
            _ => return None,
        })
    }

    /// What the files are called, and what to do about them.
    pub(super) const fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Talk => (
                "Markdown file that looks like a talk",
                "Markdown files that look like talks",
                "write a schema for the front matter; see docs/markdown.md",
            ),
            Self::Table => (
                "table",
                "tables",
                "name one as a register if records cite its rows; see docs/configuration.md",
            ),
            Self::Calendar => ("calendar", "calendars", "export the meetings as JSON or YAML"),
            Self::Office => (
                "office document",
                "office documents",
                "save minutes and agendas as Markdown; see docs/your-own-records.md",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_lines_say_what_a_file_is() {
        use Meeting::{Agenda, Minutes};

        for (path, text, expected) in [
            ("minutes/2026-03-11.md", "# Harbour Board\n", Some(Minutes)),
            ("2026/telcons/03-11-minutes.md", "", Some(Minutes)),
            ("2026/telcons/03-11-agenda.md", "", Some(Agenda)),
            ("agendas/2026/10-Oct/14-wg-primary.md", "## Attendees\n", Some(Agenda)),
            ("board/202609-01.md", "---\ntitle: Minutes\n---\n", Some(Minutes)),
            (
                "main/2026/CG-03-11.md",
                "# Agenda for the call of March 11th\n\n## Attendees\n\n- A\n",
                Some(Minutes),
            ),
            ("a/Meeting 172.md", "# Call of 3 March 2026\n", Some(Minutes)),
            ("2026/03/11-telecon/README.md", "**Present:** Ada, Ben\n", Some(Minutes)),
            ("collectif/2026-11-18-compte-rendu.md", "", Some(Minutes)),
            (
                "storage/notes-2026.md",
                "# Volume SIG\n\n## June 11, 2026\n\nAttendees:\n\n- Ada\n",
                Some(Minutes),
            ),
            ("README.md", "# Minutes of 2026-03-11\n", None),
            ("CHANGELOG.md", "## 1.0.0 - 2026-03-11\n\n- notes\n", None),
            ("docs/meeting-rules.md", "# How we meet\n", None),
            (
                "docs/guide.md",
                "# Guide\n\n```md\n# Call of 11 March 2026\n\n## Attendees\n```\n",
                None,
            ),
            ("blog/2026-03-11-release.md", "# A release\n\nIt is presented below.\n", None),
            ("summit/programme.md", "# Summit 2026\n\n6 October 2026\n", None),
        ] {
            assert_eq!(recognized(path, text), expected, "{path}");
        }
    }

    fn shown(files: &[Text<'_>]) -> Vec<String> {
        let show = |entry: &Entry| {
            let exclude = entry.exclude.join(" ");
            format!(
                "{} {}: {} / {exclude}",
                entry.count,
                entry.meeting.kind(),
                entry.files.join(" ")
            )
        };
        entries(files).iter().map(show).collect()
    }

    #[test]
    fn entries_have_patterns_for_the_files_that_were_recognized_alone() {
        let (a, m) = (Some(Meeting::Agenda), Some(Meeting::Minutes));
        assert_eq!(
            shown(&[
                ("README.md", None),
                ("2026/03-11-agenda.md", a),
                ("2026/03-11-minutes.md", m),
                ("2026/README.md", None),
                ("board/2026-01.md", m),
                ("docs/rules.md", None),
            ]),
            [
                "1 agenda: 2026/**/*agenda*.md / ",
                "2 minutes: 2026/**/*.md board/**/*.md / **/README.md"
            ]
        );
        assert_eq!(
            shown(&[
                ("x/a/1.markdown", m),
                ("x/a/2.md", m),
                ("x/b.md", None),
                ("x/c [1].md", m),
                ("2026-1.md", m)
            ]),
            ["4 minutes: 2026-1.md x/c [[]1[]].md x/a/**/*.{md,markdown} / "]
        );
        assert_eq!(shown(&[("README.md", None), ("docs/a.md", None)]), [""; 0]);
    }

    #[test]
    fn other_files_are_called_what_they_look_like() {
        let talk = "---\ntitle: T\nroom: Hall\ntrack: 1\n---\n";
        assert_eq!(Other::of("a/b.md", talk), Some(Other::Talk));
        assert_eq!(Other::of("a/b.md", "---\ntitle: T\nroom: Hall\n---\n"), None);
        assert_eq!(Other::of("a.CSV", ""), Some(Other::Table));
        assert_eq!((Other::of("a.ics", ""), Other::of("a.rs", "")), (Some(Other::Calendar), None));
    }
}
