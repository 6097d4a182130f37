//! Writes meetings as records with the properties of a schema.

use std::sync::Arc;

use super::{Count, Day, Meeting, Motion, People, Profile, Stretch, Topic, Vote, ZonedTime};
use crate::{
    allow,
    source::Span,
    tree::{Builder, Kind, NodeRef, Style, Tree},
};

/// The tree of these meetings, which are in the tree of a Markdown text.
pub(super) fn tree(
    profile: &Profile,
    tree: &Tree,
    root: NodeRef<'_>,
    meetings: &[Meeting],
) -> Tree {
    let builder = Builder::new(Arc::clone(tree.source()));
    let mut writer = Writer { builder, profile };
    for problem in tree.problems() {
        writer.builder.problem(problem.span, problem.kind.clone());
    }
    for (number, meeting) in meetings.iter().enumerate() {
        let id = writer.builder.open(Kind::Object, meeting.span.start);
        writer.builder.root(id);
        writer.front_matter(root, number == 0, meetings.len() > 1);
        writer.meeting(meeting);
        writer.builder.close(meeting.span.end);
    }
    writer.builder.finish()
}

struct Writer<'p> {
    builder: Builder,
    profile: &'p Profile,
}

impl Writer<'_> {
    /// Copies what the front matter has to say of the record itself.
    fn front_matter(&mut self, root: NodeRef<'_>, is_first: bool, is_one_of_several: bool) {
        for (key, value) in root.members() {
            let Some(name) = key.as_str() else { continue };
            // Only once: there may be very many meetings.
            let is_allowed = name == allow::KEY && is_first;
            let is_schema = matches!(name, "$schema" | "kind") && value.as_str().is_some();
            let is_of_one = ["identity", "language", "event"]
                .iter()
                .any(|part| self.profile.name(part) == Some(name));
            let is_own = is_of_one && value.as_str().is_some() && !is_one_of_several;
            if is_allowed || is_schema || is_own {
                self.copy(key);
                self.copy(value);
            }
        }
    }

    /// Copies a value with all that is in it; the depth is bounded where the tree was built.
    fn copy(&mut self, node: NodeRef<'_>) {
        let span = node.span();
        match node.kind() {
            Kind::Array => {
                self.builder.open(Kind::Array, span.start);
                node.elements().for_each(|element| self.copy(element));
                self.builder.close(span.end);
            }
            Kind::Object => {
                self.builder.open(Kind::Object, span.start);
                for (key, value) in node.members() {
                    self.copy(key);
                    self.copy(value);
                }
                self.builder.close(span.end);
            }
            kind @ (Kind::Number | Kind::String) => {
                let text = node.scalar_text().unwrap_or_default();
                let inside = node.inner_span();
                if node.tree().source().slice(inside) == text {
                    self.builder.verbatim(kind, node.style(), span, inside);
                } else {
                    self.builder.decoded(kind, node.style(), span, text);
                }
            }
            kind => {
                self.builder.value(kind, span);
            }
        }
    }

    /// A key of ours, which is written nowhere.
    fn key(&mut self, part: &str, start: u32) -> bool {
        let Some(name) = self.profile.name(part) else { return false };
        self.builder.decoded(Kind::String, Style::Plain, Span::at(start), name);
        true
    }

    fn string(&mut self, at: &Stretch) {
        let source = self.builder.source();
        if source.slice(at.span) == at.text {
            self.builder.verbatim(Kind::String, Style::Plain, at.span, at.span);
        } else {
            self.builder.decoded(Kind::String, Style::Plain, at.span, &at.text);
        }
    }

    fn text(&mut self, part: &str, at: Option<&Stretch>) {
        if let Some(at) = at.filter(|at| !at.text.is_empty())
            && self.key(part, at.span.start)
        {
            self.string(at);
        }
    }

    fn number(&mut self, part: &str, count: Option<&Count>) {
        if let Some(Count { value, at }) = count
            && self.key(part, at.span.start)
        {
            self.builder.decoded(Kind::Number, Style::Plain, at.span, &value.to_string());
        }
    }

    /// The member `part` as a list of `items`; nothing if there are none.
    fn list<T>(
        &mut self,
        part: &str,
        items: &[T],
        place: impl Fn(&T) -> Span,
        write: impl Fn(&mut Self, &T),
    ) {
        let Some(first) = items.first() else { return };
        if !self.key(part, place(first).start) {
            return;
        }
        let start = items.iter().map(|item| place(item).start).min().unwrap_or_default();
        let end = items.iter().map(|item| place(item).end).max().unwrap_or_default();
        self.builder.open(Kind::Array, start);
        for item in items {
            write(self, item);
        }
        self.builder.close(end);
    }

    fn object(&mut self, span: Span, write: impl FnOnce(&mut Self)) {
        self.builder.open(Kind::Object, span.start);
        write(self);
        self.builder.close(span.end);
    }

    fn meeting(&mut self, meeting: &Meeting) {
        self.text("title", meeting.title.as_ref());
        if let Some(at) = &meeting.is_cancelled
            && let Some(word) = self.profile.name("is cancelled")
        {
            let at = at.clone().reads(word);
            self.text("status", Some(&at));
        }
        if let Some(first) = meeting.stated.iter().flatten().next() {
            self.text("day", Some(&first.at.clone().reads(first.date.to_string())));
            self.stated(meeting, first.at.span);
        }
        let place = |day: &Day| day.at.span;
        let write = |writer: &mut Self, day: &Day| writer.string(&day.at);
        self.list("mentioned days", &meeting.mentioned, place, write);
        let whole = |times: &Vec<ZonedTime>| {
            let spans = || times.iter().map(|time| time.at.span);
            let start = spans().map(|span| span.start).min().unwrap_or_default();
            Span::new(start, spans().map(|span| span.end).max().unwrap_or(start))
        };
        self.list("moments", &meeting.moments, whole, |writer, times| {
            let span = whole(times);
            writer.builder.open(Kind::Array, span.start);
            for time in times {
                writer.zoned_time(time);
            }
            writer.builder.close(span.end);
        });
        self.people("present", &meeting.present);
        self.people("absent", &meeting.absent);
        self.people("others", &meeting.others);
        if let Some(figure) = &meeting.figure
            && self.key("quorum", figure.at.span.start)
        {
            self.object(figure.at.span, |writer| writer.number("count present", Some(figure)));
        }
        let place = |turn: &Stretch| turn.span;
        self.list("turns", &meeting.turns, place, |writer, turn| {
            writer.object(turn.span, |writer| writer.text("speaker", Some(turn)));
        });
        let topics: Vec<Topic> = meeting.agenda.iter().chain(&meeting.topics).cloned().collect();
        self.list("topics", &topics, Topic::span, Self::topic);
        self.number("length", meeting.length.as_ref());
        if let Some(day) = meeting.next.first()
            && self.key("next", day.at.span.start)
        {
            let at = day.at.clone().reads(day.date.to_string());
            self.object(day.at.span, |writer| writer.text("next day", Some(&at)));
        }
    }

    /// The day at each place that states it.
    fn stated(&mut self, meeting: &Meeting, first: Span) {
        if self.key("stated days", first.start) {
            let days = meeting.stated.iter().flatten();
            let span = around(first, days.map(|day| day.at.span));
            self.object(span, |writer| {
                let parts = ["front matter", "heading", "details"];
                for (part, day) in parts.iter().zip(&meeting.stated) {
                    writer.text(part, day.as_ref().map(|day| &day.at));
                }
            });
        }
    }

    fn zoned_time(&mut self, time: &ZonedTime) {
        self.object(time.at.span, |writer| {
            let clock = format!("{:02}:{:02}", time.minute / 60, time.minute % 60);
            writer.text("time", Some(&time.at.clone().reads(clock)));
            writer.text("zone", Some(&time.at.clone().reads(&*time.zone)));
        });
    }

    fn people(&mut self, part: &str, people: &People) {
        self.list(
            part,
            &people.all,
            |one| one.name.span,
            |writer, one| {
                let end = one.initials.as_ref().map_or(one.name.span, |initials| initials.span);
                let span = one.name.span;
                let whole = Span::new(span.start.min(end.start), span.end.max(end.end));
                writer.object(whole, |writer| {
                    writer.text("name", Some(&one.name));
                    writer.text("initials", one.initials.as_ref());
                });
            },
        );
    }

    fn topic(&mut self, topic: &Topic) {
        self.object(topic.span(), |writer| {
            writer.text("topic", Some(&topic.title));
            writer.number("minutes", topic.minutes.as_ref());
            writer.list("motions", &topic.motions, Motion::span, Self::motion);
        });
    }

    fn motion(&mut self, motion: &Motion) {
        self.object(motion.span(), |writer| {
            writer.text("mover", motion.mover.as_ref());
            writer.text("seconder", motion.seconder.as_ref());
            let place = |(name, option, _): &(Stretch, Stretch, Vote)| {
                Span::new(name.span.start, option.span.end.max(name.span.end))
            };
            writer.list("votes", &motion.votes, place, |writer, vote| {
                writer.object(place(vote), |writer| {
                    let (name, option, how) = vote;
                    writer.text("name", Some(name));
                    let word = writer.profile.name(how.part()).unwrap_or_default().to_owned();
                    writer.text("option", Some(&option.clone().reads(word)));
                });
            });
            for (part, count) in ["ayes", "nays", "abstentions"].iter().zip(&motion.tally) {
                writer.number(part, count.as_ref());
            }
            if let Some((is_carried, at)) = &motion.outcome {
                let part = if *is_carried { "is carried" } else { "is lost" };
                let word = writer.profile.name(part).unwrap_or_default().to_owned();
                writer.text("outcome", Some(&at.clone().reads(word)));
            }
        });
    }
}

impl Vote {
    const fn part(self) -> &'static str {
        match self {
            Self::Aye => "is aye",
            Self::Nay => "is nay",
            Self::Abstain => "is abstaining",
            Self::Absent => "is absent",
        }
    }
}

impl Topic {
    fn span(&self) -> Span {
        let motions = self.motions.iter().map(Motion::span);
        let minutes = self.minutes.iter().map(|count| count.at.span);
        around(self.title.span, motions.chain(minutes))
    }
}

impl Motion {
    fn span(&self) -> Span {
        let names = self.mover.iter().chain(&self.seconder).map(|name| name.span);
        let votes = self.votes.iter().flat_map(|(name, option, _)| [name.span, option.span]);
        let tally = self.tally.iter().flatten().map(|count| count.at.span);
        let outcome = self.outcome.iter().map(|(_, at)| at.span);
        let mut all = names.chain(votes).chain(tally).chain(outcome);
        let first = all.next().unwrap_or_default();
        around(first, all)
    }
}

/// The span that holds all of these.
fn around(first: Span, others: impl Iterator<Item = Span>) -> Span {
    others.fold(first, |all, one| Span::new(all.start.min(one.start), all.end.max(one.end)))
}
