//! `x-attendance`: who was present, and how many have to be.

use std::{collections::HashSet, fmt::Write as _};

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Numbered, Part, Pointer,
    Record, StatePointer, Stated, States, Text, key,
    keyword::{Choice, optional, required, words},
};
use crate::{calendar::Minute, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-attendance",
    about: "who was present, and how many have to be",
    repeats: false,
    short: None,
    arguments: &[
        required(
            "present",
            Kind::PointerOrPointers,
            "the lists of those who were present; who is in two of them counts once",
        ),
        required(
            "name",
            Kind::ItemKeys,
            "in each item of these lists, the name; of several pointers the first that leads to a value",
        ),
        optional("arrived", Kind::ItemPointer, "in each item, the time of a late arrival"),
        optional("left", Kind::ItemPointer, "in each item, the time at which someone left early"),
        optional("figure", Kind::Pointer, "how many were present, as the record says"),
        optional("quorum", Kind::Pointer, "how many have to be present"),
        optional(
            "met",
            Kind::Pointer,
            "whether that many were present, as the record says: `true` or `false`",
        ),
        optional("members", Kind::Pointer, "how many members the body has"),
        optional(
            "share",
            Kind::States(words::<Share>),
            "what part of the members the quorum is; `half` and the others are rounded up",
        ),
    ],
    example: r#"{"present": "/present", "name": ["/name"], "quorum": "/quorum"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-attendance`.
#[derive(Clone, Debug)]
pub struct AttendanceArguments {
    present: Vec<Pointer>,
    name: Vec<Pointer>,
    arrived: Option<Pointer>,
    left: Option<Pointer>,
    figure: Option<Part>,
    quorum: Option<Part>,
    met: Option<Pointer>,
    members: Option<Part>,
    share: Option<StatePointer<Share>>,
}

fn read(given: &Given<'_>) -> AttendanceArguments {
    AttendanceArguments {
        present: given.pointers("present"),
        name: given.keys("name").into_iter().flatten().map(|part| part.pointer).collect(),
        arrived: given.pointer("arrived"),
        left: given.pointer("left"),
        figure: given.part("figure"),
        quorum: given.part("quorum"),
        met: given.pointer("met"),
        members: given.part("members"),
        share: given.states("share"),
    }
}

/// The part of the members that is a quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// More than half of them.
    Majority,
    /// Half.
    Half,
    /// A third.
    Third,
    /// Two thirds.
    TwoThirds,
}

impl Share {
    /// How many that is of so many members.
    #[must_use]
    pub const fn of(self, members: u32) -> u32 {
        match self {
            Self::Majority => members / 2 + 1,
            Self::Half => members.div_ceil(2),
            Self::Third => members.div_ceil(3),
            Self::TwoThirds => members - members / 3,
        }
    }

    /// What a message calls it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Majority => "a majority",
            Self::Half => "half",
            Self::Third => "a third",
            Self::TwoThirds => "two thirds",
        }
    }
}

impl Choice for Share {
    const ALL: &'static [Self] = &[Self::Majority, Self::Half, Self::Third, Self::TwoThirds];

    fn word(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::Half => "half",
            Self::Third => "third",
            Self::TwoThirds => "two-thirds",
        }
    }
}

impl States for Share {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Majority => &["simple majority", "more than half"],
            Self::Half => &["one half", "1/2"],
            Self::Third => &["one third", "1/3"],
            Self::TwoThirds => &["two thirds", "2/3"],
        }
    }
}

/// Who was present.
#[derive(Debug)]
pub struct Attendees<'t> {
    /// Those who arrived late or left early.
    pub partly: Vec<Partly<'t>>,
    /// How many are in the first list, and in all of them.
    pub listed: [u32; 2],
    /// Those who are in another list and not in the first.
    pub apart: Vec<Text<'t>>,
    /// Those in the first list, if there are such others.
    pub first: Vec<Text<'t>>,
    /// How many were present, as the record says.
    pub figure: Option<Numbered<'t>>,
    /// How many have to be.
    pub quorum: Option<Numbered<'t>>,
    /// Whether so many were present, as the record says.
    pub met: Option<(bool, Text<'t>)>,
    /// How many members the body has, as the record says.
    pub members: Option<Numbered<'t>>,
    /// What part of the members the quorum is.
    pub share: Option<Stated<'t, Share>>,
}

/// Someone who was present for a part of the time.
#[derive(Debug)]
pub struct Partly<'t> {
    /// Equal for equal names.
    pub key: String,
    /// The name.
    pub name: Text<'t>,
    /// When someone arrived.
    pub arrived: Option<(Minute, Text<'t>)>,
    /// When someone left.
    pub left: Option<(Minute, Text<'t>)>,
}

impl Attendees<'_> {
    /// How many were present at most; nothing where it is not recorded. A chair alone is no list of those present.
    #[must_use]
    pub fn most(&self) -> Option<u32> {
        let figure = self.figure.map(|figure| figure.value);
        let listed = (self.listed[0] > 0).then_some(self.listed[1]);
        figure.max(listed).filter(|most| *most > 0)
    }
}

impl Arguments for AttendanceArguments {
    fn lists(&self) -> Vec<&Pointer> {
        self.present.iter().collect()
    }

    fn parts_mut(&mut self) -> Vec<&mut Part> {
        [&mut self.figure, &mut self.quorum, &mut self.members].into_iter().flatten().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let (mut partly, mut listed) = (Vec::new(), [0_u32; 2]);
        let mut seen: HashSet<String> = HashSet::new();
        let mut apart = Vec::new();
        for (at, list) in self.present.iter().enumerate() {
            for item in list.find(node).into_iter().flat_map(NodeRef::elements) {
                let Some(name) = first_name(&self.name, item, collector) else { continue };
                let key = key::normal(Form::Folded, name.value).into_owned();
                listed[0] += u32::from(at == 0);
                if seen.contains(&key) {
                    continue;
                }
                listed[1] += 1;
                if at > 0 {
                    apart.push(name);
                }
                let time = |pointer: &Option<Pointer>| {
                    let text = collector.find_optional(item, pointer.as_ref())?;
                    Some((key::moment(Form::Time, text, None)?.minute?, text))
                };
                let (arrived, left) = (time(&self.arrived), time(&self.left));
                if arrived.is_some() || left.is_some() {
                    partly.push(Partly { key: key.clone(), name, arrived, left });
                }
                seen.insert(key);
            }
        }
        let mut figure = |part: &'t Option<Part>| collector.figure(node, part.as_ref()?);
        let (figure, quorum, members) =
            (figure(&self.figure), figure(&self.quorum), figure(&self.members));
        let met = self.met.as_ref().and_then(|met| {
            let text = collector.find(node, met)?;
            Some((text.node.as_bool()?, text))
        });
        let share = self.share.as_ref().and_then(|share| share.find(node, collector));
        let first = if apart.is_empty() { Vec::new() } else { self.first_list(node, collector) };
        let attendance =
            Attendees { partly, listed, apart, first, figure, quorum, met, members, share };
        let has_no_quorum = matches!(met, Some((false, _)));
        if attendance.most().is_some() || has_no_quorum || (quorum.is_some() && members.is_some()) {
            collector.push(node, Meaning::Attendance(Box::new(attendance)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Attendance(attendance) = &fact.meaning else { return String::new() };
        let mut text = format!("{} present", attendance.listed[1]);
        if let Some(figure) = attendance.figure {
            let _ = write!(text, ", {} as the record says", figure.value);
        }
        if let Some(quorum) = attendance.quorum {
            let _ = write!(text, ", quorum {}", quorum.value);
        }
        if let Some(members) = attendance.members {
            let _ = write!(text, " of {} members", members.value);
        }
        text
    }
}

impl AttendanceArguments {
    fn first_list<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Vec<Text<'t>> {
        let list = self.present.first().and_then(|list| list.find(node));
        let items = list.into_iter().flat_map(NodeRef::elements);
        items.filter_map(|item| first_name(&self.name, item, collector)).collect()
    }
}

/// The first name that one of these pointers leads to.
pub(super) fn first_name<'t>(
    names: &[Pointer],
    item: NodeRef<'t>,
    collector: &Collector<'t>,
) -> Option<Text<'t>> {
    names.iter().find_map(|name| collector.find(item, name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    fn attendance(record: &str) -> Vec<String> {
        let schema = json!({"x-attendance": {"present": ["/present", "/chair"], "name": ["/name", "/for", ""], "figure": "/n",
            "quorum": "/quorum", "met": "/met", "members": "/members", "share": "/share"}});
        facts(&schema, record)
    }

    #[test]
    fn who_is_in_two_lists_counts_once() {
        assert_eq!(
            attendance(
                "{present: [{name: Ida Brook}, {for: Chad}, {}], chair: [ida brook, Per Holm], n: 3, quorum: 2}"
            ),
            ["3 present, 3 as the record says, quorum 2"]
        );
        assert_eq!(attendance("{n: 3}"), ["0 present, 3 as the record says"]);
    }

    #[test]
    fn a_share_is_rounded_up() {
        let of = |members| Share::ALL.iter().map(|share| share.of(members)).collect::<Vec<_>>();
        assert_eq!(of(0), [1, 0, 0, 0]);
        assert_eq!(of(7), [4, 4, 3, 5]);
        assert_eq!(of(8), [5, 4, 3, 6]);
        assert_eq!(of(9), [5, 5, 3, 6]);
    }

    #[test]
    fn without_anyone_present_nothing_is_recorded() {
        assert_eq!(attendance("{present: [], quorum: 3, met: true}"), [""; 0]);
        assert_eq!(attendance("{quorum: 3, met: false}"), ["0 present, quorum 3"]);
        assert_eq!(attendance("{quorum: 3, members: 5}"), ["0 present, quorum 3 of 5 members"]);
        assert_eq!(
            fault(&KEYWORD, &json!({"present": "/present"})),
            "`x-attendance` lacks the argument `name`"
        );
    }
}
