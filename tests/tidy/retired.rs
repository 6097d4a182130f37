//! Words that the project has retired, because readers stumble over them.

/// Names of things in code.
pub(crate) const IDENTIFIERS: &[&str] = &[
    "told",
    "hear",
    "heard",
    "lay",
    "obey",
    "kept",
    "Kept",
    "Told",
    "Taker",
    "strangers",
    "noise",
];

/// Where texts are written that people read.
pub(crate) const TEXTS: &[&str] = &["README.md", "CONTRIBUTING.md", "docs"];

/// What no message says, beside [`PHRASES`].
pub(crate) const IN_MESSAGES: &[&str] =
    &["told", "tells", "stands", "stand", "lies", "somebody", "nothing is there"];

/// What is said otherwise in them.
pub(crate) const PHRASES: &[&str] = &[
    "is told",
    "are told",
    "told once",
    "tells of",
    "left alone",
    "leaves alone",
    "leave alone",
    "passed over",
    "passes over",
    "weighs",
    "whoever",
    "of which nothing",
    "stands there",
    "lies in",
    "lie in",
    "key space",
    "has gone",
    "nothing is said",
];
