//! Tests of the whole: tables of forms, golden references, traps of prose, properties.

mod forms;
mod properties;
mod prose;

use super::*;

/// The symbol that `text` is, which must be one.
fn known(text: &str) -> Symbol {
    match parse_symbol(text) {
        Ok(Parsed::Known { symbol, .. }) => symbol,
        other => panic!("{text}: {other:?}"),
    }
}

fn style(text: &str) -> Style {
    match parse_symbol(text) {
        Ok(Parsed::Known { style, .. }) => style,
        other => panic!("{text}: {other:?}"),
    }
}
