//! YAML 1.2, core schema.

use super::Builder;

pub(super) fn parse(_builder: &mut Builder) {}
