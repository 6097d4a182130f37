//! The meetings in a Markdown text: one, or one under each of several dated headings.

use std::collections::HashSet;

use super::{
    Day, Meeting, Stretch, agenda, dates, moments, motions, people, roll,
    words::{self, Part},
};
use crate::tree::NodeRef;

/// Where a day is stated.
const FRONT_MATTER: usize = 0;
const HEADING: usize = 1;
const DETAILS: usize = 2;

/// The meetings in a Markdown text.
pub(super) fn of(root: NodeRef<'_>) -> Vec<Meeting> {
    let year = dates::year_of(&root.tree().source().path);
    let dated = dated_sections(root);
    if dated.len() > 1 {
        let of_section = |section: &NodeRef<'_>| {
            let mut reader = Reader::new(year);
            reader.meeting.span = section.span();
            reader.section(*section, false);
            reader.finish()
        };
        return dated.iter().map(of_section).collect();
    }
    let front = root.get("date").filter(|node| node.as_str().is_some());
    let front = front.and_then(|node| front_day(node));
    let year = year.or_else(|| front.as_ref().map(|day| day.date.year()));
    let mut reader = Reader::new(year);
    reader.meeting.span = root.span();
    reader.meeting.stated[FRONT_MATTER] = front;
    for (key, section) in root.get("sections").into_iter().flat_map(NodeRef::members) {
        reader
            .section(section, key.as_str() == Some("preamble") && section.get("heading").is_none());
    }
    vec![reader.finish()]
}

/// The day at the beginning of a value of the front matter, which may go on with a time.
fn front_day(node: NodeRef<'_>) -> Option<Day> {
    let text = node.as_str()?;
    let date = crate::calendar::iso_date(text.get(..10)?).ok()?;
    Some(Day { date, at: Stretch::part(node, 0, 10), has_weekday: false })
}

/// Sections beside each other whose headings each have another day, where nothing above them has one.
fn dated_sections(root: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let mut level = vec![root];
    // The levels of headings bound the steps.
    while let [only] = level.as_slice() {
        let sections: Vec<NodeRef<'_>> = only
            .get("sections")
            .into_iter()
            .flat_map(NodeRef::members)
            .map(|(_, one)| one)
            .collect();
        let day = |section: &NodeRef<'_>| {
            let days = dates::full(section.get("heading")?);
            if days.len() == 1 { days.into_iter().next() } else { None }
        };
        let dated: Vec<NodeRef<'_>> =
            sections.iter().filter(|one| day(one).is_some()).copied().collect();
        let different: HashSet<_> = dated.iter().filter_map(|one| Some(day(one)?.date)).collect();
        if dated.len() > 1 {
            return if different.len() == dated.len() { dated } else { Vec::new() };
        }
        if !dated.is_empty() {
            return Vec::new();
        }
        level = sections.into_iter().filter(|one| one.get("heading").is_some()).collect();
    }
    Vec::new()
}

struct Reader {
    meeting: Meeting,
    /// The year of days that are written without one.
    year: Option<i16>,
    /// Whether a heading was met.
    has_heading: bool,
    /// The places of the days that are written with a weekday.
    seen: HashSet<crate::source::Span>,
    /// The zone of the moment in the first heading, and rows of tables that may be the same moment.
    heading_moment: Vec<super::ZonedTime>,
}

impl Reader {
    fn new(year: Option<i16>) -> Self {
        Self {
            meeting: Meeting::default(),
            year,
            has_heading: false,
            seen: HashSet::new(),
            heading_moment: Vec::new(),
        }
    }

    /// Reads a section and those below it.
    fn section(&mut self, section: NodeRef<'_>, is_preamble: bool) {
        let heading = section.get("heading");
        let is_first = heading.is_some() && !self.has_heading;
        let part = heading.and_then(NodeRef::as_str).and_then(words::part);
        if let Some(heading) = heading {
            self.has_heading = true;
            if is_first {
                self.first_heading(heading);
            }
            self.mention(heading);
        }
        let is_head = is_first || is_preamble || part == Some(Part::Details);
        self.fields(section, is_head);
        self.lists(section, part);
        self.paragraphs(section, part, is_preamble);
        self.tables(section, part);
        for turn in section.get("turns").into_iter().flat_map(NodeRef::elements) {
            if let Some(by) =
                turn.get("by").filter(|by| by.as_str().is_some_and(people::is_initials))
            {
                self.meeting.turns.push(Stretch::of(by));
            }
            turn.get("text").into_iter().for_each(|text| self.mention(text));
        }
        let topic = motions::read(section);
        if !topic.is_empty() {
            let place = crate::source::Span::at(section.span().start);
            let unnamed = || Stretch { span: place, text: String::new() };
            let title = heading.map_or_else(unnamed, Stretch::of);
            self.meeting.topics.push(super::Topic { title, minutes: None, motions: topic });
        }
        if part == Some(Part::Agenda) {
            agenda::read(section, &mut self.meeting);
        }
        for (_, below) in section.get("sections").into_iter().flat_map(NodeRef::members) {
            self.section(below, false);
        }
    }

    fn first_heading(&mut self, heading: NodeRef<'_>) {
        self.meeting.title = Some(Stretch::of(heading));
        let text = heading.as_str().unwrap_or_default();
        let lower = text.to_lowercase();
        if ["cancelled", "canceled", "annulé"].iter().any(|word| lower.contains(word)) {
            self.meeting.is_cancelled = Some(Stretch::of(heading));
        }
        let mut days = dates::full(heading);
        if days.is_empty() {
            days.extend(dates::first(heading, self.year));
        }
        if let [day] = days.as_slice() {
            self.year = self.year.or(Some(day.date.year()));
            self.meeting.stated[HEADING] = Some(day.clone());
        }
        self.heading_moment = moments::in_line(heading);
    }

    fn fields(&mut self, section: NodeRef<'_>, is_head: bool) {
        for (key, value) in section.get("fields").into_iter().flat_map(NodeRef::members) {
            let Some(name) = key.as_str() else { continue };
            self.mention(value);
            if is_head && words::is_day(name) && self.meeting.stated[DETAILS].is_none() {
                let day = dates::first(value, self.year);
                if let Some(day) = &day {
                    self.year = self.year.or(Some(day.date.year()));
                }
                self.meeting.stated[DETAILS] = day;
            }
            if words::is_time(name) {
                let moment = moments::in_line(value);
                if moment.len() > 1 {
                    self.meeting.moments.push(moment);
                }
            }
            match words::part(&name.replace('-', " ")) {
                Some(Part::Present) => self.meeting.present.add_line(value),
                Some(Part::Absent) => self.meeting.absent.add_line(value),
                Some(Part::Others) => self.meeting.others.add_line(value),
                Some(Part::Next) => self.meeting.next.extend(dates::full(value).into_iter().next()),
                _ => {}
            }
        }
    }

    fn lists(&mut self, section: NodeRef<'_>, part: Option<Part>) {
        for list in section.get("lists").into_iter().flat_map(NodeRef::elements) {
            let label = list.get("label").and_then(NodeRef::as_str);
            let part = label.and_then(words::part).or(part);
            self.items(list, part);
        }
    }

    /// Reads the items of a list and those below them; only the outermost are persons.
    fn items(&mut self, list: NodeRef<'_>, part: Option<Part>) {
        for item in list.get("items").into_iter().flat_map(NodeRef::elements) {
            if let Some(text) = item.get("text") {
                self.mention(text);
                match part {
                    Some(Part::Present) => self.meeting.present.add(text),
                    Some(Part::Absent) => self.meeting.absent.add(text),
                    Some(Part::Others) => self.meeting.others.add(text),
                    _ => {}
                }
            }
            self.items(item, None);
        }
    }

    fn paragraphs(&mut self, section: NodeRef<'_>, part: Option<Part>, is_preamble: bool) {
        let has_list = section.get("lists").is_some() || section.get("tables").is_some();
        for text in section.get("paragraphs").into_iter().flat_map(NodeRef::elements) {
            self.mention(text);
            match part {
                Some(Part::Next) if self.meeting.next.is_empty() => {
                    self.meeting.next.extend(dates::full(text).into_iter().next());
                }
                Some(Part::Present) if !has_list => self.meeting.present.add_line(text),
                Some(Part::Absent) if !has_list => self.meeting.absent.add_line(text),
                _ => {}
            }
            if matches!(part, Some(Part::Present | Part::Quorum)) {
                roll::sentence(text, &mut self.meeting);
            }
            if is_preamble && let [day] = dates::full(text).as_slice() {
                // A line that is a date and nothing else.
                let is_whole = day.at.text.len() == text.as_str().unwrap_or_default().trim().len();
                if is_whole {
                    self.meeting.stated[HEADING].get_or_insert_with(|| day.clone());
                }
            }
        }
    }

    fn tables(&mut self, section: NodeRef<'_>, part: Option<Part>) {
        for table in section.get("tables").into_iter().flat_map(NodeRef::elements) {
            for (_, cell) in table.elements().flat_map(NodeRef::members) {
                self.mention(cell);
            }
            roll::table(table, part, &mut self.meeting);
            let mut rows = moments::in_table(table);
            if rows.len() > 1 {
                rows.splice(0..0, self.heading_moment.iter().cloned());
                self.meeting.moments.push(rows);
            }
        }
    }

    /// Notes the days of a text that are written with their weekday.
    fn mention(&mut self, text: NodeRef<'_>) {
        for day in dates::full(text) {
            if day.has_weekday && self.seen.insert(day.at.span) {
                self.meeting.mentioned.push(day);
            }
        }
    }

    fn finish(self) -> Meeting {
        let mut meeting = self.meeting;
        roll::finish(&mut meeting);
        meeting
    }
}
