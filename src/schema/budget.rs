//! How much work and stack one validation may use.
//!
//! A schema can be written so that a small record keeps the validator busy for ever: alternatives that repeat one
//! another at every level double the work with each level, and long chains of references multiply with the depth of
//! the record. The validator itself has no limit, but it reads the record through our accessors. They count here,
//! and once the budget is spent every value looks empty to the validator, so that it ends soon. Its answer is
//! then thrown away.

use std::cell::Cell;

use crate::tree::NodeRef;

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
            Self::Explanation => (2_000_000, 1_500),
        };
        let bytes = u64::from(record.span().end.saturating_sub(record.span().start));
        let values = record.subtree_len() as u64 + bytes / 32;
        values.saturating_mul(each).saturating_add(any)
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
        Self::new(purpose.steps_for(record))
    }

    /// Runs a part of a validation: it may use the stack anew, and all the steps that are left.
    pub fn part<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T, Spent> {
        with_stack(|| {
            let part = Self::new(self.left.get());
            let result = part.finish(work);
            self.left.set(part.left.get().max(part.lost.get()));
            result
        })
    }

    /// A budget without limits, for a single string.
    pub(super) fn unlimited() -> Self {
        Self::new(u64::MAX)
    }

    fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps), lost: Cell::new(0), stack: stack_address() }
    }

    fn finish<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T, Spent> {
        let result = work(self);
        if self.is_spent() { Err(Spent) } else { Ok(result) }
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
