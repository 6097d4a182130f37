//! Who speaks.

pub(super) mod delegation_speaker_unnamed;
pub(super) mod slot_without_speakers;
pub(super) mod speaker_missing;
pub(super) mod speaker_tbc;
