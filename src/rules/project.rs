//! What the rules of a project look at: each check is one that a rule of rapporteur makes of the same facts, or that the facts
//! themselves are.

use super::{consistency, duplicates, references, times};
use crate::{
    corpus::relation::Key,
    fact::{Meaning, Record},
    rule::{Findings, On, OwnCheck},
};

/// No two values are equal, in a record.
pub static DIFFER: OwnCheck = OwnCheck::Record(duplicates::duplicate_entry::check);
/// No two values are equal, in a file or in all records.
pub static DIFFER_AMONG: OwnCheck = OwnCheck::Group(&On::<Key>(duplicates::duplicate_id::check));
/// A value is among others.
pub static IS_AMONG: OwnCheck = OwnCheck::Group(&On::<Key>(references::ref_dangling::check));
/// Of two dates or times the first is not after the second.
pub static IN_ORDER: OwnCheck = OwnCheck::Record(check_order);
/// A figure is what it counts.
pub static COUNTS: OwnCheck = OwnCheck::Record(consistency::votes_inconsistent::check);
/// A value is there, or has a pattern.
pub static REQUIRES: OwnCheck = OwnCheck::Record(report_refused);

fn check_order(record: &Record<'_>, findings: &mut Findings<'_>) {
    times::dates_out_of_order::check(record, findings);
    report_refused(record, findings);
}

fn report_refused(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Refused(refused) = &fact.meaning else { continue };
        let finding = findings.at(refused.place, "");
        if let Some(text) = refused.text {
            finding.value(text);
        }
    }
}
