//! The contract between a rule and the engine: what a rule of your own is made of.
//!
//! A rule is a `static` value. It looks at the [facts](crate::fact) of a record, which the schemas say how to take, so it works
//! for every schema that uses the vocabulary. [`testing`](crate::testing) shows a whole rule with its test.

mod options;
mod own;
mod page;
mod set;

use std::{any::Any, collections::BTreeMap, fmt, sync::Arc};

use jiff::civil::Date;

pub use self::{
    options::{AnyOption, Minutes, OptionValue, Options, Pairs, RuleOption, Texts, Value},
    own::{Held, Own, OwnCheck, Template, TemplateError},
    set::{RuleError, RuleSet},
};
use crate::{
    allow::{Allowance, ByIndex, Missing, Unusable, baseline},
    corpus::{Corpus, Group, Read, Ref, Relation, Shared, number_of},
    finding::{Applicability, Draft, Likeness, MissingKey, Replacement},
    schema::{Catalog, Limit, SchemaId, Shape},
    sources::SourceId,
    tree::{NodeRef, Tree},
    vocabulary::{FactKinds, NoteId},
};
pub use crate::{
    fact::{Meaning, Record},
    finding::{Family, Place, RuleId, Severity, Stages},
};

/// A named thing that rapporteur looks for. Rules are values; a [`RuleSet`] holds all of a run.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case noun phrase for the problem; also the name of its file and its page.
    pub id: RuleId,
    /// The family it belongs to.
    pub family: Family,
    /// One line: the situation, not the remedy.
    pub summary: &'static str,
    /// How much its findings weigh by default; `None` for a rule that is off until asked for.
    pub level: Option<Severity>,
    /// The release it first stood in.
    pub since: &'static str,
    /// How much of the correction its findings propose.
    pub fix: Fix,
    /// Its page, `docs/rules/<id>.md`.
    pub page: &'static str,
    /// What a project may set of it beside its level.
    pub options: &'static [&'static dyn AnyOption],
    /// The function that looks.
    pub check: Check,
}

impl Rule {
    /// One line: the situation, not the remedy.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.own().map_or(self.summary, |own| &own.summary)
    }

    /// Its page, in Markdown.
    #[must_use]
    pub fn page(&self) -> &str {
        self.own().map_or(self.page, |own| &own.page)
    }

    /// What it has if a project declares it.
    #[doc(hidden)]
    #[must_use]
    pub fn own(&self) -> Option<&Own> {
        match &self.check {
            Check::Own(own) => Some(own),
            _ => None,
        }
    }

    /// The word for its level: a severity, or `off`.
    #[must_use]
    pub const fn level_word(&self) -> &'static str {
        match self.level {
            Some(severity) => severity.word(),
            None => "off",
        }
    }

    /// Whether its findings on a value that breaks its schema only follow from that. What is wrong with the text of the source
    /// or with the schema does not.
    fn follows_schema(&self) -> bool {
        self.family != Family::Structure || self.check.of_record().is_some()
    }
}

/// How much of the correction the findings of a rule propose. A rule changes no record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Nothing: only who knows the facts can correct it.
    None,
    /// The help of a finding proposes what to write, wherever that can be known.
    Suggested,
    /// Findings have the correction as data, wherever it can be known; with it, the record means the same.
    Safe,
    /// Findings have the correction as data, wherever it can be known; something else may have been meant.
    Unsafe,
}

impl Fix {
    /// The word for it in lists.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Suggested => "suggested",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What a rule looks at. A check cannot fail and does no input or output.
#[derive(Clone, Debug)]
pub enum Check {
    /// How a source is written.
    Source(fn(&Tree, SourceId, &mut Findings<'_>)),
    /// The schemas themselves.
    #[doc(hidden)]
    Schemas(fn(&Schemas<'_>, &mut Findings<'_>)),
    /// How a record answers its schema.
    #[doc(hidden)]
    Shape(fn(&Shape<'_>, &mut Findings<'_>)),
    /// The facts of one record.
    Record(fn(&Record<'_>, &mut Findings<'_>)),
    /// The facts of one record that has some of these kinds; in others it finds nothing, so it is not asked about them.
    Facts(FactKinds, fn(&Record<'_>, &mut Findings<'_>)),
    /// The entries of all records that share a key.
    Group(&'static dyn GroupCheck),
    /// Both: what is wrong in one record, and what is wrong between several.
    RecordAndGroup(fn(&Record<'_>, &mut Findings<'_>), &'static dyn GroupCheck),
    /// A link that leads nowhere.
    #[doc(hidden)]
    Links(fn(&Dangling<'_>, &mut Findings<'_>)),
    /// What accepts the findings of the other rules.
    #[doc(hidden)]
    Allowances(fn(&Judged<'_>, &mut Findings<'_>)),
    /// What a project has declared.
    #[doc(hidden)]
    Own(Arc<Own>),
}

impl Check {
    /// The check of one record, if there is one.
    #[must_use]
    pub fn of_record(&self) -> Option<fn(&Record<'_>, &mut Findings<'_>)> {
        match self {
            Self::Record(check) | Self::Facts(_, check) | Self::RecordAndGroup(check, _) => {
                Some(*check)
            }
            _ => None,
        }
    }

    /// Whether it may find something in a record that has facts of these kinds.
    #[must_use]
    pub const fn concerns(&self, kinds: FactKinds) -> bool {
        match self {
            Self::Facts(wanted, _) => wanted.meet(kinds),
            _ => true,
        }
    }

    /// The check of groups, if there is one.
    #[must_use]
    pub fn of_group(&self) -> Option<&'static dyn GroupCheck> {
        match self {
            Self::Group(check) | Self::RecordAndGroup(_, check) => Some(*check),
            Self::Own(own) => match own.check {
                OwnCheck::Group(check) => Some(check),
                OwnCheck::Record(_) => None,
            },
            _ => None,
        }
    }
}

/// A link to a file of the project that leads nowhere.
#[derive(Debug)]
#[doc(hidden)]
pub struct Dangling<'a> {
    /// Where it is written.
    pub place: Place,
    /// As written.
    pub written: &'a str,
    /// What is not there.
    pub missing: Absent,
}

/// What a link leads to that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Absent {
    /// A file.
    File {
        /// Its path from the root of the project.
        path: String,
        /// The path of a file that was probably meant.
        near: Option<String>,
    },
    /// A heading of a file.
    Heading {
        /// The path of the file.
        path: String,
        /// The anchor, without `#`.
        anchor: String,
        /// The anchor that was probably meant, with `#`.
        near: Option<String>,
    },
}

/// A check of the groups of one relation.
#[doc(hidden)]
pub trait GroupCheck: fmt::Debug + Sync {
    /// The number of the relation.
    fn relation(&self) -> usize;
    /// The check itself, which knows its relation.
    fn as_any(&self) -> &dyn Any;
    /// Checks the groups of these entries by all of `rules` that are on this relation.
    fn check(&self, corpus: &Corpus, refs: &[Ref], run: &mut GroupRun<'_>);
    /// Checks the groups that follow from those of all entries.
    fn check_derived(&self, corpus: &Corpus, run: &mut GroupRun<'_>);
}

/// What the check of groups needs, and what it finds.
#[derive(Debug)]
#[doc(hidden)]
pub struct GroupRun<'r> {
    /// The rules that run.
    pub active: &'r [Active],
    /// The numbers of those that look at the groups.
    pub rules: &'r [usize],
    /// The day from which the records are looked at.
    pub as_of: Option<Date>,
    /// What all groups share.
    pub shared: &'r Shared,
    /// What was found.
    pub out: Vec<Draft>,
}

/// A check of the groups of `R`.
#[derive(Debug)]
pub struct On<R: Relation>(pub fn(&Group<'_, R>, &mut Findings<'_>));

impl<R: Relation> On<R> {
    /// A group of what was taken for a rule of a project is for that rule alone.
    fn check_group(group: &Group<'_, R>, run: &mut GroupRun<'_>) {
        let owner = group.members.first().and_then(|member| R::owner(member.key()));
        for one in run.rules.iter().filter_map(|number| run.active.get(*number)) {
            let id = one.rule.own().map(|_| one.rule.id.as_str());
            if id != owner {
                continue;
            }
            if let Some(check) = one.rule.check.of_group()
                && let Some(Self(check)) = check.as_any().downcast_ref()
            {
                check(group, &mut Findings::new(one, run.as_of, &mut run.out));
            }
        }
    }
}

impl<R: Relation> GroupCheck for On<R> {
    fn relation(&self) -> usize {
        number_of::<R>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn check(&self, corpus: &Corpus, refs: &[Ref], run: &mut GroupRun<'_>) {
        let entries = corpus.read::<R>(refs);
        for group in Group::of(&entries, run.shared) {
            Self::check_group(&group, run);
        }
    }

    fn check_derived(&self, corpus: &Corpus, run: &mut GroupRun<'_>) {
        if R::derives(run.shared) {
            let entries = corpus.read_all::<R>();
            let members = entries.iter().map(Read::member).collect();
            for group in R::derived(members, run.shared) {
                Self::check_group(&group, run);
            }
        }
    }
}

/// The suppressions of one source, once it is known what they have allowed.
#[derive(Debug)]
#[doc(hidden)]
pub struct Judged<'a> {
    /// Those that can be used, each with whether it has allowed a finding of each of its rules.
    pub usable: Vec<(&'a Allowance, &'a Vec<bool>)>,
    /// The others.
    pub unusable: &'a [Unusable],
    /// What the records lack of the values that a usable one names, by its number; where that was not searched, fewer or none.
    pub missing: Vec<Option<Missing>>,
    /// The fingerprints that are accepted and that no finding has, each with its place.
    pub unmet: Vec<(&'a str, Place)>,
    /// The pointers that name an item of a list by its index, where it has a key.
    pub by_index: &'a [ByIndex],
    /// The lines of the baseline whose findings are gone, each with its place.
    pub stale: Vec<(&'a baseline::Entry, Place)>,
    /// The rules that there are.
    pub rules: &'a RuleSet,
    /// The rules that run.
    pub active: &'a [Active],
    /// Whether everything was looked at: only then is what allows nothing really not needed.
    pub complete: bool,
}

impl Judged<'_> {
    /// Whether the rule `id` runs.
    #[must_use]
    pub fn runs(&self, id: &str) -> bool {
        self.active.iter().any(|active| active.rule.id == id)
    }
}

/// The schemas of a run: what a rule about schemas looks at.
#[derive(Debug)]
#[doc(hidden)]
pub struct Schemas<'a> {
    /// All of them.
    pub catalog: &'a Catalog,
    /// The sources of the schema documents, in the order of the catalogue.
    pub sources: &'a [SourceId],
    /// For each schema that a record has: how many have it, and how many facts they yield.
    pub usage: BTreeMap<SchemaId, Usage>,
    /// What kept records from being checked whole.
    pub limits: BTreeMap<Limit, Hindered>,
    /// The uses of keywords that read none of many values, with the number of the values.
    pub blind: BTreeMap<NoteId, usize>,
}

/// The records that a limit kept from being checked whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub struct Hindered {
    /// How many they are.
    pub records: usize,
    /// Where the first one is.
    pub place: Place,
    /// The path of the file of the first one, and its id where it has one.
    pub first: String,
}

/// How a schema fares with the records that have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[doc(hidden)]
pub struct Usage {
    /// How many records have it.
    pub records: usize,
    /// How many facts they yield.
    pub facts: usize,
    /// How many of them are entries of a list that the schema describes as a whole.
    pub entries: usize,
}

/// A rule that runs.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct Active {
    /// The rule.
    pub rule: Held,
    /// The severity that the configuration sets, if it sets one.
    pub configured: Option<Severity>,
    /// The options that the configuration sets.
    pub options: Options,
}

/// Collects what one rule finds. It adds the rule's id and severity, so that no rule repeats them.
#[derive(Debug)]
pub struct Findings<'a> {
    active: &'a Active,
    severity: Severity,
    as_of: Option<Date>,
    out: &'a mut Vec<Draft>,
}

impl<'a> Findings<'a> {
    /// A collector for a rule that is active on the day `as_of`, if a day was given.
    #[must_use]
    pub fn new(active: &'a Active, as_of: Option<Date>, out: &'a mut Vec<Draft>) -> Self {
        let severity = active.configured.or(active.rule.level).unwrap_or(Severity::Warning);
        Self { active, severity, as_of, out }
    }

    /// The value of an option of the rule: what the project sets, else its default.
    #[must_use]
    pub fn option<T: OptionValue>(&self, option: &'a RuleOption<T>) -> &'a T {
        self.active.options.get(option)
    }

    /// The day from which the records are looked at, where it was given. A rule never asks the clock.
    #[must_use]
    pub const fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// Whether the configuration gives the rule or its family a level. A rule that leaves some records
    /// alone by default looks at them too when it is asked for.
    #[must_use]
    pub const fn asked_for(&self) -> bool {
        // A level set in the configuration holds for every finding of the rule.
        self.active.configured.is_some()
    }

    /// Reports a finding. The message says what was found and what was wanted, in the present tense,
    /// without a final stop.
    pub fn at(&mut self, place: Place, message: impl Into<String>) -> Reported<'_> {
        self.out.push(Draft {
            rule: self.active.rule.id,
            family: self.active.rule.family,
            follows_schema: self.active.rule.follows_schema(),
            severity: self.severity,
            message: message.into(),
            place,
            labels: Vec::new(),
            help: None,
            replacement: None,
            values: Vec::new(),
            message_id: String::new(),
            stages: None,
            needs_all: false,
            likeness: None,
            is_unreadable: false,
            once_for_both: false,
            key: None,
        });
        let index = self.out.len() - 1;
        Reported { draft: &mut self.out[index], configured: self.active.configured.is_some() }
    }
}

/// A finding that was just reported, to be completed.
#[derive(Debug)]
pub struct Reported<'a> {
    draft: &'a mut Draft,
    configured: bool,
}

impl Reported<'_> {
    /// Adds a second place that explains the finding.
    pub fn label(self, place: Place, text: impl Into<String>) -> Self {
        self.draft.labels.push((place, text.into()));
        self
    }

    /// Says what the reader can do next.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.draft.help = Some(text.into());
        self
    }

    /// Proposes to write `text` in the place of `was`, which is at `place` in the file of `node`. Where the file has it otherwise, with
    /// an escape for example, there is no proposal.
    pub fn replace(
        self,
        applicability: Applicability,
        (place, node, was): (Place, NodeRef<'_>, &str),
        text: impl Into<String>,
    ) -> Self {
        if node.tree().source().slice(place.span) == was {
            let (was, text) = (was.to_owned(), text.into());
            let replacement = Replacement { applicability, place, was, text };
            self.draft.replacement = Some(Box::new(replacement));
        }
        self
    }

    /// Weighs this finding otherwise than the rule does by default. A level from the configuration
    /// goes before it.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn severity(self, severity: Severity) -> Self {
        if !self.configured {
            self.draft.severity = severity;
        }
        self
    }

    /// Weighs this finding on a record that is still open by how near its event is. A level from the
    /// configuration goes before it. For rules that look at one record.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn stages(self, stages: Stages) -> Self {
        if !self.configured {
            self.draft.severity = stages.early;
            self.draft.stages = Some(stages);
        }
        self
    }

    /// Says which of the messages of the rule this is, for a rule that has several. Words may change, this name stays.
    pub fn id(self, id: impl Into<String>) -> Self {
        self.draft.message_id = id.into();
        self
    }

    /// Says that the finding concludes from what the records lack: it counts only where all of them could be read.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn needs_all(self) -> Self {
        self.draft.needs_all = true;
        self
    }

    /// Leaves the decision to a comparison of the two texts in full. What is reported is read again anyway.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn likeness(self, likeness: Likeness) -> Self {
        self.draft.likeness = Some(likeness);
        self
    }

    /// Says that the value at the place cannot be read, so that it is not reported again as a key that no record defines.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn unreadable(self) -> Self {
        self.draft.is_unreadable = true;
        self
    }

    /// Says that one such finding is enough for its record and the one of its first label: if there are several, the first stands
    /// for all.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn once_for_both(self) -> Self {
        self.draft.once_for_both = true;
        self
    }

    /// Says which key no record defines, so that a near one can be proposed.
    #[expect(clippy::must_use_candidate, reason = "the finding is reported already")]
    pub fn missing_key(self, key: MissingKey) -> Self {
        self.draft.key = Some(Box::new(key));
        self
    }

    /// Adds a value that identifies the finding beside its rule, record and path: data, never words of a message.
    pub fn value(self, value: impl Into<String>) -> Self {
        self.draft.values.push(value.into());
        self
    }
}
