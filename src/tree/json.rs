//! JSON (RFC 8259), strict, and JSON Lines.

use super::Builder;

pub(super) fn parse(_builder: &mut Builder) {}

pub(super) fn parse_lines(_builder: &mut Builder) {}
