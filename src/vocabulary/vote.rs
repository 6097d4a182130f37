//! `x-vote`: a vote, and what became of the motion.

use std::fmt::Write as _;

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Numbered, Part, Pointer,
    Record, StatePointer, Stated, States, Text,
    attendance::first_name,
    key,
    keyword::{Choice, optional, required, words},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-vote",
    about: "a vote, and what became of the motion",
    repeats: false,
    short: None,
    arguments: &[
        required(
            "outcome",
            Kind::States(words::<Outcome>),
            "what became of the motion; an object maps the values of the property to the words of rapporteur",
        ),
        optional("ayes", Kind::Pointer, "how many voted for it"),
        optional("nays", Kind::Pointer, "how many voted against it"),
        optional("abstentions", Kind::Pointer, "how many abstained"),
        optional(
            "votes",
            Kind::Pointer,
            "the list of the votes, which is counted where the figures are missing",
        ),
        optional(
            "option",
            Kind::ItemStates(words::<Ballot>),
            "in each item of that list, how the member voted",
        ),
        optional(
            "voter",
            Kind::ItemKeys,
            "in each item of that list, the name of the member, as the list of those present writes it; of several pointers the first \
             that leads to a value",
        ),
        optional(
            "majority",
            Kind::States(words::<Majority>),
            "the majority of the votes cast that the motion needs",
        ),
        optional(
            "casting",
            Kind::States(words::<Ballot>),
            "the casting vote of the chair, which decides a tie",
        ),
        optional("motion", Kind::Pointer, "the text of the motion"),
        optional(
            "withoutQuorum",
            Kind::Texts,
            "words in that text that show that the motion needs no quorum, in whatever capitals: `[\"adjourn\"]`",
        ),
    ],
    example: r#"{"outcome": "/outcome", "ayes": "/ayes", "nays": "/nays", "votes": "/votes", "option": "/option"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-vote`.
#[derive(Clone, Debug)]
pub struct VoteArguments {
    outcome: Option<StatePointer<Outcome>>,
    ayes: Option<Part>,
    nays: Option<Part>,
    abstentions: Option<Part>,
    votes: Option<Pointer>,
    option: Option<StatePointer<Ballot>>,
    voter: Vec<Pointer>,
    majority: Option<StatePointer<Majority>>,
    casting: Option<StatePointer<Ballot>>,
    motion: Option<Pointer>,
    without_quorum: Vec<String>,
}

fn read(given: &Given<'_>) -> VoteArguments {
    VoteArguments {
        outcome: given.states("outcome"),
        ayes: given.part("ayes"),
        nays: given.part("nays"),
        abstentions: given.part("abstentions"),
        votes: given.pointer("votes"),
        option: given.states("option"),
        voter: given.keys("voter").into_iter().flatten().map(|part| part.pointer).collect(),
        majority: given.states("majority"),
        casting: given.states("casting"),
        motion: given.pointer("motion"),
        without_quorum: given
            .texts("withoutQuorum")
            .iter()
            .map(|word| word.to_lowercase())
            .collect(),
    }
}

/// What became of a motion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The body agreed to it.
    Carried,
    /// The body did not agree to it.
    Lost,
}

/// How a member votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ballot {
    /// For the motion.
    Aye,
    /// Against it.
    Nay,
    /// Neither.
    Abstain,
}

/// The majority of the votes cast that a motion needs; abstentions are not votes cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Majority {
    /// More votes for it than against it.
    Simple,
    /// Two thirds.
    TwoThirds,
    /// Three quarters.
    ThreeQuarters,
    /// All.
    Unanimous,
}

impl Choice for Outcome {
    const ALL: &'static [Self] = &[Self::Carried, Self::Lost];

    fn word(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Lost => "lost",
        }
    }
}

impl States for Outcome {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Carried => &["passed", "adopted", "approved", "agreed", "agreed to", "accepted"],
            Self::Lost => {
                &["failed", "defeated", "rejected", "not carried", "not adopted", "not agreed"]
            }
        }
    }
}

impl Choice for Ballot {
    const ALL: &'static [Self] = &[Self::Aye, Self::Nay, Self::Abstain];

    fn word(self) -> &'static str {
        match self {
            Self::Aye => "aye",
            Self::Nay => "nay",
            Self::Abstain => "abstain",
        }
    }
}

impl States for Ballot {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Aye => &["yes", "yea", "for", "in favour", "in favor"],
            Self::Nay => &["no", "against", "opposed"],
            Self::Abstain => &["abstained", "abstaining", "abstention"],
        }
    }
}

impl Choice for Majority {
    const ALL: &'static [Self] =
        &[Self::Simple, Self::TwoThirds, Self::ThreeQuarters, Self::Unanimous];

    fn word(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::TwoThirds => "two-thirds",
            Self::ThreeQuarters => "three-quarters",
            Self::Unanimous => "unanimous",
        }
    }
}

impl Majority {
    /// What a message calls it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Simple => "a majority",
            Self::TwoThirds => "two thirds of the votes",
            Self::ThreeQuarters => "three quarters of the votes",
            Self::Unanimous => "unanimous",
        }
    }
}

impl States for Majority {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Simple => &["majority", "simple majority"],
            Self::TwoThirds => &["two thirds", "2/3", "two thirds majority"],
            Self::ThreeQuarters => &["three quarters", "3/4", "three fourths"],
            Self::Unanimous => &["unanimity", "unanimous vote"],
        }
    }
}

/// A vote, and what became of the motion.
#[derive(Debug)]
pub struct Vote<'t> {
    /// What became of it, as far as it is recorded.
    pub outcome: Option<Stated<'t, Outcome>>,
    /// The votes for it and those against it, where both are recorded.
    pub cast: Option<[u32; 2]>,
    /// How many abstained, where it is recorded.
    pub abstentions: Option<u32>,
    /// The figures among these, in this order.
    pub figures: Vec<Numbered<'t>>,
    /// The majority that it needs, where that is recorded.
    pub majority: Option<Stated<'t, Majority>>,
    /// The casting vote.
    pub casting: Option<Stated<'t, Ballot>>,
    /// Whether there is a list of the votes.
    pub is_listed: bool,
    /// Whether the schema has a place for a casting vote.
    pub may_have_casting: bool,
    /// Those who voted in a way that is known: the folded name, and the name as written.
    pub voters: Vec<(String, Text<'t>)>,
    /// The nearest interval at or above, by the number of its fact.
    pub interval: Option<usize>,
    /// Whether the text of the motion shows that it needs no quorum.
    pub needs_no_quorum: bool,
}

impl Arguments for VoteArguments {
    fn lists(&self) -> Vec<&Pointer> {
        self.votes.iter().collect()
    }

    fn parts_mut(&mut self) -> Vec<&mut Part> {
        [&mut self.ayes, &mut self.nays, &mut self.abstentions].into_iter().flatten().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let mut figures = Vec::new();
        let mut figure = |part: &'t Option<Part>| {
            let found = collector.figure(node, part.as_ref()?)?;
            figures.push(found);
            Some(found.value)
        };
        let written = [figure(&self.ayes), figure(&self.nays), figure(&self.abstentions)];
        let listed = self.listed(node, collector);
        let count = |at: usize| written[at].or_else(|| listed.map(|counts| counts[at]));
        let vote = Vote {
            outcome: self.outcome.as_ref().and_then(|at| at.find(node, collector)),
            cast: count(0).zip(count(1)).map(|(ayes, nays)| [ayes, nays]),
            abstentions: count(2),
            figures,
            majority: self.majority.as_ref().and_then(|at| at.find(node, collector)),
            casting: self.casting.as_ref().and_then(|at| at.find(node, collector)),
            is_listed: listed.is_some(),
            may_have_casting: self.casting.is_some(),
            voters: self.voters(node, collector),
            interval: collector.context.interval,
            needs_no_quorum: self.needs_no_quorum(node, collector),
        };
        if vote.cast.is_some() || vote.outcome.is_some() {
            collector.push(node, Meaning::Vote(Box::new(vote)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Vote(vote) = &fact.meaning else { return String::new() };
        let mut text = match vote.cast {
            Some([ayes, nays]) => format!("vote of {ayes} to {nays}"),
            None => "vote without figures".to_owned(),
        };
        let outcome = vote.outcome.as_ref().map(|outcome| ("outcome", outcome.shown()));
        let majority = vote.majority.as_ref().map(|majority| ("majority", majority.shown()));
        let casting = vote.casting.as_ref().map(|casting| ("casting vote", casting.shown()));
        for (name, shown) in [outcome, majority, casting].into_iter().flatten() {
            let _ = write!(text, ", {name} {shown}");
        }
        text
    }
}

impl VoteArguments {
    fn needs_no_quorum<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> bool {
        if self.without_quorum.is_empty() {
            return false;
        }
        let Some(text) = collector.find_optional(node, self.motion.as_ref()) else { return false };
        let text = text.value.to_lowercase();
        self.without_quorum.iter().any(|word| text.contains(word.as_str()))
    }

    fn voters<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Vec<(String, Text<'t>)> {
        let (Some(votes), Some(option)) = (&self.votes, &self.option) else { return Vec::new() };
        if self.voter.is_empty() {
            return Vec::new();
        }
        let items = votes.find(node).into_iter().flat_map(NodeRef::elements);
        let voted = items.filter(|item| {
            option.find(*item, collector).is_some_and(|found| found.state.is_some())
        });
        let names = voted.filter_map(|item| first_name(&self.voter, item, collector));
        names.map(|name| (key::normal(Form::Folded, name.value).into_owned(), name)).collect()
    }

    /// The votes in the list by how the members voted. A list without a vote that can be read counts nothing.
    fn listed<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Option<[u32; 3]> {
        let (votes, option) = self.votes.as_ref().zip(self.option.as_ref())?;
        let mut counts = [0_u32; 3];
        for item in votes.find(node)?.elements() {
            let ballot = option.find(item, collector).and_then(|found| found.state);
            if let Some(at) =
                ballot.and_then(|ballot| Ballot::ALL.iter().position(|b| *b == ballot))
            {
                counts[at] += 1;
            }
        }
        (counts != [0; 3]).then_some(counts)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault, reads};

    fn vote(record: &str) -> String {
        let schema = json!({"x-vote": {"outcome": "/outcome", "ayes": "/ayes", "nays": "/nays", "votes": "/votes",
            "option": {"at": "/how", "nay": ["contra"]}, "majority": "/needs", "casting": "/chair"}});
        facts(&schema, record).concat()
    }

    #[test]
    fn votes_are_figures_or_are_counted_in_their_list() {
        assert_eq!(
            vote("{ayes: 6, nays: 1, outcome: Passed}"),
            "vote of 6 to 1, outcome `Passed` (carried)"
        );
        let votes = "votes: [{how: yes}, {how: Contra}, {how: contra}, {how: away}]";
        assert_eq!(vote(&format!("{{{votes}, outcome: lost}}")), "vote of 1 to 2, outcome `lost`");
        assert_eq!(vote(&format!("{{{votes}, ayes: 2}}")), "vote of 2 to 2");
        assert_eq!(
            vote("{votes: [{how: away}], outcome: lost}"),
            "vote without figures, outcome `lost`"
        );
        assert_eq!(vote("{votes: []}"), "");
    }

    #[test]
    fn the_majority_and_the_casting_vote_are_read() {
        assert_eq!(
            vote("{ayes: 4, nays: 4, outcome: carried, needs: 2/3, chair: Yes}"),
            "vote of 4 to 4, outcome `carried`, majority `2/3` (two-thirds), casting vote `Yes` (aye)"
        );
    }

    #[test]
    fn a_vote_has_an_outcome() {
        assert_eq!(
            fault(&KEYWORD, &json!({"ayes": "/ayes"})),
            "`x-vote` lacks the argument `outcome`"
        );
        let option =
            json!({"outcome": "/o", "votes": "/v", "option": {"at": "/how", "aye": ["si"]}});
        assert!(reads(&KEYWORD, &option));
    }
}
