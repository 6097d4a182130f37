//! Things of which there is one record.

use super::Text;

/// The record is the only one of something.
#[derive(Debug)]
pub struct Single<'t> {
    /// Equal for records of the same thing.
    pub key: String,
    /// The texts that name the thing, as written; there is at least one.
    pub texts: Vec<Text<'t>>,
}
