//! A check: files, schemas and settings in, a report out. What was found is in an [`Analysis`]; here it is looked at as the
//! settings want it: without what is accepted and what was there before, in the named files, put together and sorted.

mod allowed;
mod collapse;
mod outcome;
mod schemas;
mod twins;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    allow::{Baseline, Exception},
    analysis::{Analysis, Folders, Read, Reread, Schemas},
    finding::{Draft, Finding, Severity, Suppression, number},
    rule::{Active, Held, Options, Rule, RuleSet},
    schema::Catalog,
    source::{Parts, Source},
    sources::{Input, SourceId},
};

pub use outcome::{Report, Summary, Tallies, Tally, Unread, tallies};

/// What the configuration says of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// Nothing: the rule's own level holds.
    #[default]
    Default,
    /// The rule is off.
    Off,
    /// Every finding of the rule has this severity.
    At(Severity),
}

impl Setting {
    /// Whether the rule runs, and the severity that every finding of it has.
    #[must_use]
    pub fn of(self, rule: &Rule) -> Option<Option<Severity>> {
        match self {
            Self::Default => rule.level.map(|_| None),
            Self::Off => None,
            Self::At(severity) => Some(Some(severity)),
        }
    }
}

/// What the configuration says of a rule in the file at a path, if it differs from what the rule runs with.
pub type SettingAt<'s> = dyn Fn(&str, &Rule) -> Option<Setting> + Sync + 's;

/// How files are checked, and what of it is reported.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Run<'a> {
    /// The schemas.
    pub catalog: Schemas<'a>,
    /// The rules that there are.
    pub rules: &'a RuleSet,
    /// Whether the files are all that the project has; otherwise what other files contain is unknown.
    pub is_whole: bool,
    /// Whether everything could be looked for: there is no folder that could not be read.
    pub is_complete: bool,
    /// What the configuration says of a rule.
    pub setting: &'a (dyn Fn(&Rule) -> Setting + Sync),
    /// The options of a rule that the configuration sets.
    pub options: &'a (dyn Fn(&Rule) -> Options + Sync),
    /// What the configuration says of the findings of a rule in the file at a path, where that differs.
    pub setting_at: Option<&'a SettingAt<'a>>,
    /// What is in the folders of the project; without it only the files of the run are known.
    pub folders: Option<&'a dyn Folders>,
    /// The findings that the configuration accepts.
    pub exceptions: &'a [Exception],
    /// The text of the configuration, for findings about it.
    pub config: Option<&'a Parts>,
    /// The findings that were there before, and are not reported again.
    pub baseline: Option<&'a Baseline>,
    /// Receives how many of the files are done.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// The day from which the records are looked at; without one nothing depends on a day.
    pub as_of: Option<Date>,
    /// Whether to tell findings of one shape once, where there are very many.
    pub collapse: bool,
    /// Whether to keep the sources in which something was found.
    pub keep_sources: bool,
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

impl<'a> Run<'a> {
    /// Checks by these schemas, with every rule at its own level, and reports every finding.
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        Self::by(Schemas::Of(catalog))
    }

    /// The same, with schemas that may be shared.
    #[must_use]
    pub fn by(catalog: Schemas<'a>) -> Self {
        Self {
            catalog,
            rules: RuleSet::bundled(),
            is_whole: true,
            is_complete: true,
            setting: &|_| Setting::Default,
            options: &|_| Options::default(),
            setting_at: None,
            folders: None,
            exceptions: &[],
            config: None,
            baseline: None,
            progress: &|_, _| {},
            as_of: None,
            collapse: false,
            keep_sources: false,
        }
    }

    /// Checks files. The report depends on the bytes of the files, the schemas and the settings alone.
    #[must_use]
    pub fn check(&self, inputs: &[Arc<Input>], read: &Read<'_>) -> Report {
        let mut analysis = self.analysis();
        analysis.apply(inputs.to_vec(), &[], read, self.progress);
        self.report(&mut analysis, read)
    }

    /// An analysis of no file yet.
    #[must_use]
    pub fn analysis(&self) -> Analysis<'a> {
        Analysis::new(
            self.catalog.clone(),
            active(self.rules, self.setting, self.options),
            self.as_of,
        )
    }

    /// What an analysis has found, which was made with these settings.
    #[must_use]
    pub fn report(&self, analysis: &mut Analysis<'_>, read: &Read<'_>) -> Report {
        analysis.set_texts(self.config, self.baseline.map(|one| &one.source));
        let config = self.config.filter(|_| !analysis.config.is_empty());
        let baseline = self.baseline.and(analysis.baseline);
        let reread = Reread::new(analysis, read, self.keep_sources);
        let view = View { run: self, analysis, reread: &reread, config, baseline };
        view.report()
    }
}

/// Those of the `rules` that run, as they are set.
#[must_use]
pub fn active(
    rules: &RuleSet,
    setting: &dyn Fn(&Rule) -> Setting,
    options: &dyn Fn(&Rule) -> Options,
) -> Vec<Active> {
    let active = |rule: Held| {
        let (configured, options) = (setting(&rule).of(&rule)?, options(&rule));
        Some(Active { rule, configured, options })
    };
    rules.held().filter_map(active).collect()
}

/// An analysis, looked at as the settings want it.
struct View<'v> {
    run: &'v Run<'v>,
    analysis: &'v Analysis<'v>,
    reread: &'v Reread<'v>,
    config: Option<&'v Parts>,
    baseline: Option<SourceId>,
}

impl View<'_> {
    fn report(&self) -> Report {
        let analysis = self.analysis;
        let (mut summary, mut unread) = (Summary::default(), Vec::new());
        // What a schema that cannot be used would have made of its records is not known.
        let mut complete = self.run.is_complete && analysis.catalog.unusable().next().is_none();
        for (_, input, file) in analysis.files() {
            let more = file.more.as_deref();
            complete &= file.is_whole;
            if let Some(reason) = more.and_then(|more| more.unread.as_ref()) {
                unread.push(Unread { path: input.path.clone(), reason: reason.clone() });
            }
            if input.reported {
                let unknown_records = if input.expected { file.unknown_records } else { 0 };
                summary.files += 1;
                summary.records += (file.records + unknown_records) as usize;
            }
        }
        let limits = self.limits();
        unread.extend(self.unusable_schemas(&limits));
        let mut findings = analysis.file_findings();
        let mut drafts = self.check_schemas(limits);
        drafts.extend(twins::fold(analysis.group_drafts(complete)));
        drafts.extend(analysis.link_drafts(self.run.folders, self.reread));
        findings.extend(analysis.locate(drafts, self.reread));
        sort(&mut findings);
        number(&mut findings);
        let mut allowed = self.allow(complete, &mut findings);
        let drafts = std::mem::take(&mut allowed.drafts);
        self.add(drafts, &mut findings);
        let (mut known, drafts) = self.take_known(complete, &mut allowed, &mut findings);
        self.add(drafts, &mut findings);
        let mut suppressed = allowed.suppressed;
        for finding in &mut known {
            finding.suppression = Some(Suppression::Known);
        }
        for list in [&mut findings, &mut known, &mut suppressed] {
            self.keep_named(list);
            self.set_levels(list);
            sort(list);
        }
        let tallies = tallies(&findings);
        let findings = if self.run.collapse { collapse::collapse(findings) } else { findings };
        unread.sort_by(|a, b| a.path.cmp(&b.path));
        let summary = Summary {
            allowed: suppressed.len(),
            known: known.len(),
            ..Summary::of(summary.files, summary.records, &findings)
        };
        let sources = self.sources_of(&findings);
        let (is_complete, rules) = (complete, self.run.rules.clone());
        Report {
            findings,
            suppressed,
            known,
            summary,
            tallies,
            unread,
            is_complete,
            sources,
            rules,
        }
    }

    /// Adds the findings of rules that have found nothing before.
    fn add(&self, drafts: Vec<Draft>, findings: &mut Vec<Finding>) {
        if !drafts.is_empty() {
            let mut more = self.analysis.locate(drafts, self.reread);
            sort(&mut more);
            number(&mut more);
            findings.extend(more);
            sort(findings);
        }
    }

    /// Gives the findings the levels that the configuration sets for their files. What is off there was found all the same,
    /// so that what suppresses it counts as needed.
    fn set_levels(&self, findings: &mut Vec<Finding>) {
        let Some(setting_at) = self.run.setting_at else { return };
        findings.retain_mut(|finding| {
            let rule = self.run.rules.find(&finding.rule);
            match rule.and_then(|rule| setting_at(&finding.location.path, rule)) {
                Some(Setting::Off) => return false,
                Some(Setting::At(severity)) => finding.severity = severity,
                Some(Setting::Default) | None => {}
            }
            true
        });
    }

    /// Leaves the findings that have a place in a file that is named, or that a rule compared with one.
    fn keep_named(&self, findings: &mut Vec<Finding>) {
        let inputs = self.analysis.sources.inputs();
        if inputs.iter().all(|(_, input)| input.reported) {
            return;
        }
        let named = inputs.iter().filter(|(_, input)| input.reported);
        let mut named: BTreeSet<&str> = named.map(|(_, input)| input.path.as_str()).collect();
        // Where a schema cannot be used, the named files are not checked by it.
        let schemas = self.analysis.schemas.iter().map(|id| self.analysis.sources.path(*id));
        named.extend(schemas);
        findings.retain(|finding| {
            let labels = finding.labels.iter().map(|label| &label.location);
            let mut places = std::iter::once(&finding.location).chain(labels);
            places.any(|location| named.contains(location.path.as_str()))
        });
    }

    /// Whether all that the project has is reported.
    fn covers_all(&self) -> bool {
        let inputs = self.analysis.sources.inputs();
        self.run.is_whole && inputs.iter().all(|(_, input)| input.reported)
    }

    /// The sources in which something was found, if they are wanted.
    fn sources_of(&self, findings: &[Finding]) -> BTreeMap<String, Arc<Source>> {
        let mut sources = BTreeMap::new();
        if !self.run.keep_sources {
            return sources;
        }
        let paths = findings.iter().flat_map(|finding| {
            let labels = finding.labels.iter().map(|label| &label.location);
            std::iter::once(&finding.location).chain(labels).map(|location| location.path.as_str())
        });
        let wanted: BTreeSet<&str> = paths.collect();
        let all = &self.analysis.sources;
        // Files come first, so that a record goes before a schema of the same path.
        let inputs = all.inputs().into_iter().map(|(id, _)| id);
        let config = self.analysis.config.iter().copied().filter(|_| self.config.is_some());
        let texts = self.analysis.schemas.iter().copied().chain(config).chain(self.baseline);
        for id in inputs.chain(texts) {
            let path = all.path(id);
            if wanted.contains(path)
                && !sources.contains_key(path)
                && let Some(source) = self.reread.source(id)
            {
                sources.insert(path.to_owned(), source);
            }
        }
        sources
    }
}

/// By path, offset and rule; equal ones are ordered by the rest, so that the order is total.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.location.start.offset, f.rule, f.location.end.offset);
        let by_place = a.location.path.cmp(&b.location.path).then_with(|| key(a).cmp(&key(b)));
        by_place.then_with(|| a.message.cmp(&b.message)).then_with(|| a.labels_cmp(b))
    });
    findings.dedup();
}

#[cfg(test)]
mod tests;
