//! The same thing twice.

pub(super) mod duplicate_entry;
pub(super) mod duplicate_event;
pub(super) mod duplicate_exact;
pub(super) mod duplicate_id;
pub(super) mod duplicate_near;
