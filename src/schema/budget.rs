//! How much work and stack one validation may use.
//!
//! A schema can be written so that a small record keeps the validator busy for ever: alternatives that repeat one
//! another at every level double the work with each level, and long chains of references multiply with the depth of
//! the record. The validator itself has no limit, but it reads the record through our accessors. They count here,
//! and once the budget is spent every value looks empty to the validator, so that it ends soon. Its answer is
//! then thrown away. Only where an error needs the value that it is about does the work end at once.

use std::{
    any::Any,
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use serde_json::Value;

use crate::tree::{NodeId, NodeRef, value::to_value};

/// The stack that a validation may use. It is measured from where the validation begins, so that the answer does
/// not depend on the thread.
const STACK: usize = 8 << 20;
/// The stack that is kept for what the validator does between two looks at the record: the schemas that apply to one
/// value may be nested as deep as [`super::compile`] allows, and none of them need look at it.
const RESERVE: usize = 8 << 20;
/// The stack that a thread should have that validates records, so that it need not be given more for each of them.
pub const THREAD_STACK: usize = 4 * (STACK + RESERVE);
/// The stack is looked at once in so many steps.
const STEPS_BETWEEN_LOOKS: u64 = 8;

/// What a validation is for, which decides how much it may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To find out whether the record is valid. Uses no memory.
    Validity,
    /// To collect every error. Each one uses memory.
    Errors,
    /// To take the facts.
    Facts,
    /// To find the errors of a record for which [`Purpose::Errors`] was too costly.
    Explanation,
}

impl Purpose {
    fn steps_for(self, record: NodeRef<'_>) -> u64 {
        let (any, each) = match self {
            Self::Validity | Self::Facts => (500_000, 2_000),
            Self::Errors => (200_000, 500),
            Self::Explanation => (5_000_000, 5_000),
        };
        let bytes = u64::from(record.span().end.saturating_sub(record.span().start));
        let values = record.subtree_len() as u64 + bytes / 32;
        values.saturating_mul(each).saturating_add(any)
    }

    /// What an error costs: it takes more memory than reading a value, as long as all of them are kept.
    const fn steps_per_error(self) -> u64 {
        match self {
            Self::Explanation => 5,
            Self::Validity | Self::Errors | Self::Facts => 50,
        }
    }
}

/// The budget was spent: the answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent;

/// What is left of the budget of one validation.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
    /// What was left when the stack ran out.
    lost: Cell<u64>,
    steps_per_error: u64,
    /// The value that errors at this node have to hold, since the validator looks into it.
    valued: Cell<Option<NodeId>>,
    /// Where the stack was when the validation began.
    stack: usize,
}

impl Budget {
    /// Runs a validation of `record` within a budget, with enough stack for it whatever thread this is. Everything
    /// that `work` makes of the record has to be made inside.
    pub fn run<T>(
        record: NodeRef<'_>,
        purpose: Purpose,
        work: impl FnOnce(&Self) -> T,
    ) -> Result<T, Spent> {
        with_stack(|| Self::of(record, purpose).finish(work))
    }

    /// A budget for a validation of `record` that is done in parts.
    #[must_use]
    pub fn of(record: NodeRef<'_>, purpose: Purpose) -> Self {
        Self::new(purpose.steps_for(record), purpose.steps_per_error())
    }

    /// Runs a part of a validation: it may use the stack anew, and all the steps that are left.
    pub fn part<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T, Spent> {
        with_stack(|| {
            let part = Self::new(self.left.get(), self.steps_per_error);
            let result = part.finish(work);
            self.left.set(part.left.get().max(part.lost.get()));
            result
        })
    }

    /// A budget without limits, for a single string.
    pub(super) fn unlimited() -> Self {
        Self::new(u64::MAX, 0)
    }

    fn new(steps: u64, steps_per_error: u64) -> Self {
        Self {
            left: Cell::new(steps),
            lost: Cell::new(0),
            steps_per_error,
            valued: Cell::new(None),
            stack: stack_address(),
        }
    }

    fn finish<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T, Spent> {
        // Nothing that the work has changed is looked at after it was given up.
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(result) if !self.is_spent() => Ok(result),
            Ok(_) => Err(Spent),
            Err(reason) if reason.is::<Spent>() || is_lost_reference(reason.as_ref()) => Err(Spent),
            Err(defect) => resume_unwind(defect),
        }
    }

    /// Lets errors at `node` hold its value. The validator looks into the value at which a validation began, but only
    /// where a pattern takes too many steps.
    pub(super) fn keep_value_of(&self, node: NodeRef<'_>) {
        self.valued.set(Some(node.resolved().id()));
    }

    /// The value that an error at `node` has to hold, if it has to hold one.
    pub(super) fn value_in_error(&self, node: NodeRef<'_>) -> Option<Value> {
        if self.valued.get() != Some(node.resolved().id()) {
            self.spend(self.steps_per_error);
            return None;
        }
        if !self.spend(self.steps_per_error + node.subtree_len() as u64) {
            // Without the value the validator would fail. This ends the work at once; no message is printed.
            resume_unwind(Box::new(Spent));
        }
        Some(to_value(node))
    }

    /// Takes `steps` from the budget; false once nothing is left.
    pub fn spend(&self, steps: u64) -> bool {
        let before = self.left.get();
        let left = before.saturating_sub(steps);
        let looks = before / STEPS_BETWEEN_LOOKS != left / STEPS_BETWEEN_LOOKS;
        if looks && !self.has_stack() {
            self.lost.set(left);
            self.left.set(0);
        } else {
            self.left.set(left);
        }
        !self.is_spent()
    }

    /// Takes what it costs to look through all members or elements of `node`.
    pub(super) fn spend_on(&self, node: NodeRef<'_>) -> bool {
        self.spend(1 + (node.subtree_len() as u64 >> 6))
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether there is stack left for another recursion of our own.
    pub(super) fn has_stack(&self) -> bool {
        self.stack.abs_diff(stack_address()) <= STACK
    }
}

/// What the validator says when it panics on a reference that it has lost. It loses some where references lead in circles
/// through several keywords and the validation begins in the middle of one (jsonschema 0.61.2).
pub const LOST_REFERENCE: &str = "pending schema target dropped";

/// Whether the validator has lost a reference: then its answer is not known, as if it had taken too long.
fn is_lost_reference(panic: &(dyn Any + Send)) -> bool {
    panic.downcast_ref::<&str>().is_some_and(|text| *text == LOST_REFERENCE)
        || panic.downcast_ref::<String>().is_some_and(|text| text == LOST_REFERENCE)
}

/// Does the work with enough stack for one validation.
fn with_stack<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK + RESERVE, 2 * (STACK + RESERVE), work)
}

/// Where the stack is now, near enough.
#[inline(never)]
fn stack_address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_that_the_validator_has_lost_is_no_defect_of_ours() {
        let budget = Budget::unlimited();
        let lost: Result<(), Spent> = budget.part(|_| panic!("{LOST_REFERENCE}"));
        assert_eq!(lost, Err(Spent));
        assert_eq!(budget.part(|_| 7), Ok(7), "the budget can be used again");
        let ours = AssertUnwindSafe(|| budget.part(|_| panic!("a defect")));
        assert!(catch_unwind(ours).is_err());
    }
}
