//! Records that tell different stories.

pub(super) mod votes_inconsistent;
