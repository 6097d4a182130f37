//! The allowances of one file by what they are about. A file may hold thousands of them and as many findings.

use std::collections::BTreeMap;

use crate::{allow::Allowance, source::Span};

/// The scopes of a file. They are values of one text, so that two of them lie apart or one within the other.
pub(super) struct Scopes<'a> {
    /// In the order of the text, wider ones first.
    all: Vec<Scope<'a>>,
}

struct Scope<'a> {
    span: Span,
    /// The narrowest of those before it that it may lie in.
    around: Option<usize>,
    /// By rule, the allowances that have not allowed anything yet, each with the place of the rule in it.
    rules: BTreeMap<&'a str, Vec<(usize, usize)>>,
}

impl<'a> Scopes<'a> {
    /// Of the allowances that hold, each with its number.
    pub(super) fn of(allowances: impl Iterator<Item = (usize, &'a Allowance)>) -> Self {
        let mut sorted: Vec<(Span, usize, &Allowance)> =
            allowances.filter_map(|(number, one)| Some((one.scope?, number, one))).collect();
        sorted.sort_by_key(|(span, number, _)| (span.start, std::cmp::Reverse(span.end), *number));
        let (mut all, mut open): (Vec<Scope<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
        for (span, number, allowance) in sorted {
            if all.last().is_none_or(|last| last.span != span) {
                while open.last().is_some_and(|at| all[*at].span.end <= span.start) {
                    open.pop();
                }
                let around = open.last().copied();
                open.push(all.len());
                all.push(Scope { span, around, rules: BTreeMap::new() });
            }
            let Some(scope) = all.last_mut() else { continue };
            for (place, (rule, _)) in allowance.rules.iter().enumerate() {
                let of_rule = scope.rules.entry(rule).or_default();
                // A rule that is named twice is needed once.
                if of_rule.last().is_none_or(|(last, _)| *last != number) {
                    of_rule.push((number, place));
                }
            }
        }
        Self { all }
    }

    /// Whether a finding of `rule` at byte `start` is accepted; calls `used` with each allowance that
    /// accepts one for the first time, and with the place of the rule in it.
    pub(super) fn accept(
        &mut self,
        rule: &str,
        start: u32,
        mut used: impl FnMut(usize, usize),
    ) -> bool {
        let mut accepted = false;
        let before = self.all.partition_point(|scope| scope.span.start <= start);
        let mut next = before.checked_sub(1);
        while let Some(at) = next {
            let scope = &mut self.all[at];
            next = scope.around;
            if start < scope.span.end
                && let Some(of_rule) = scope.rules.get_mut(rule)
            {
                accepted = true;
                of_rule.drain(..).for_each(|(number, place)| used(number, place));
            }
        }
        accepted
    }
}
