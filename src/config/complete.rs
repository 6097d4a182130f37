//! What a `[[registers]]` entry declares complete: the sessions or years of a body for which the tables list every resolution, or a
//! series whose documents they all list.

use std::ops::RangeInclusive;

use toml::de::DeTable;

use super::{Reader, Value, did_you_mean, in_order, list};
use crate::{
    schema::{Complete, Stretch},
    suggest,
    symbol::{Organ, Parsed, parse_symbol},
};

/// The bodies whose resolutions have a series of symbols, and whether that goes by sessions.
const BODIES: [(&str, Organ, bool); 4] = [
    ("General Assembly", Organ::GeneralAssembly, true),
    ("Human Rights Council", Organ::HumanRightsCouncil, true),
    ("Security Council", Organ::SecurityCouncil, false),
    ("Economic and Social Council", Organ::EconomicAndSocialCouncil, false),
];

/// The names of the bodies.
pub(super) fn bodies() -> Vec<&'static str> {
    BODIES.iter().map(|(name, ..)| *name).collect()
}

impl Reader<'_> {
    /// `{body = "General Assembly", sessions = "60-65"}`, without the namespace.
    pub(super) fn read_complete(&mut self, value: &Value<'_>) -> Option<Complete> {
        let Some(table) = value.get_ref().as_table() else {
            let help = "write `{body = \"General Assembly\", sessions = \"60-65\"}`".to_owned();
            self.wrong_type(value, "`complete` is", "a table", Some(help));
            return None;
        };
        if table.keys().any(|key| key.get_ref() == "series") {
            return self.read_series(table);
        }
        let (organ, by_session) = self.read_body(value, table)?;
        let wanted = if by_session { "sessions" } else { "years" };
        let mut range = None;
        for (name, value) in in_order(table) {
            match name.get_ref().as_ref() {
                "body" => {}
                key if key == wanted => range = self.read_range(wanted, value),
                _ => self.unknown_key(name, &["body", wanted]),
            }
        }
        if range.is_none() && !table.iter().any(|(name, _)| name.get_ref().as_ref() == wanted) {
            let message = format!("`complete` has no `{wanted}`");
            self.problem(value.span(), message, Some(format!("write `{wanted} = \"60-65\"`")));
        }
        let stretch = Stretch::Resolutions { organ, by_session, range: range? };
        Some(Complete { space: String::new(), stretch })
    }

    /// `{series = "A/65/L."}`: the beginning of symbols, up to their number.
    fn read_series(&mut self, table: &DeTable<'_>) -> Option<Complete> {
        let mut series = None;
        for (name, value) in in_order(table) {
            if name.get_ref() != "series" {
                self.unknown_key(name, &["series"]);
                continue;
            }
            let text = self.read_text("series", value)?;
            let first = format!("{text}1");
            let is_series = text.ends_with(['/', '.'])
                && matches!(parse_symbol(&first), Ok(Parsed::Known { symbol, .. }) if symbol.key() == first);
            if !is_series {
                let message = format!("`{text}` is not the beginning of a symbol up to its number");
                self.problem(
                    value.span(),
                    message,
                    Some("write `series = \"A/65/L.\"`".to_owned()),
                );
                return None;
            }
            series = Some(text);
        }
        Some(Complete { space: String::new(), stretch: Stretch::Series(series?) })
    }

    fn read_body(&mut self, value: &Value<'_>, table: &DeTable<'_>) -> Option<(Organ, bool)> {
        let found = in_order(table).into_iter().find(|(name, _)| name.get_ref().as_ref() == "body");
        let Some((_, body)) = found else {
            let help = format!("name one of {}", list(&bodies()));
            self.problem(value.span(), "`complete` has no `body`".to_owned(), Some(help));
            return None;
        };
        let text = self.read_text("body", body)?;
        let known = BODIES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text.trim()));
        if known.is_none() {
            let near = suggest::nearest(&text, bodies());
            let help =
                near.map_or_else(|| format!("the bodies are {}", list(&bodies())), did_you_mean);
            self.problem(body.span(), format!("no body `{text}`"), Some(help));
        }
        known.map(|(_, organ, by_session)| (*organ, *by_session))
    }

    /// `60-65`, or one number.
    fn read_range(&mut self, name: &str, value: &Value<'_>) -> Option<RangeInclusive<u16>> {
        let text = self.read_text(name, value)?;
        let (first, last) = text.split_once('-').unwrap_or((&text, &text));
        let number = |text: &str| text.trim().parse::<u16>().ok();
        let range = number(first).zip(number(last)).filter(|(first, last)| first <= last);
        if range.is_none() {
            let help = Some("write two numbers, the lower first: `\"60-65\"`".to_owned());
            self.problem(value.span(), format!("`{text}` is not a range of numbers"), help);
        }
        range.map(|(first, last)| first..=last)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{config::Config, rule::RuleSet};

    fn parse(complete: &str) -> Result<Option<Complete>, String> {
        let text = format!(
            "[[registers]]\nfiles = \"a.csv\"\nspace = \"document\"\nkey = \"symbol\"\ncomplete = {complete}\n"
        );
        let config = Config::parse(Path::new("rapporteur.toml"), text.into(), RuleSet::bundled());
        config.map(|config| config.registers[0].complete.clone()).map_err(|error| {
            error.problems.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn a_range_of_sessions_or_years_is_read() {
        let of = |organ, by_session, range| Complete {
            space: "document".to_owned(),
            stretch: Stretch::Resolutions { organ, by_session, range },
        };
        assert_eq!(
            parse(r#"{body = "General Assembly", sessions = "60-65"}"#),
            Ok(Some(of(Organ::GeneralAssembly, true, 60..=65)))
        );
        assert_eq!(
            parse(r#"{body = "security council", years = "2000"}"#),
            Ok(Some(of(Organ::SecurityCouncil, false, 2000..=2000)))
        );
    }

    #[test]
    fn the_beginning_of_symbols_is_read() {
        for series in ["A/65/L.", "A/C.3/65/L.", "A/65/", "S/2011/"] {
            let stretch = Stretch::Series(series.to_owned());
            let space = "document".to_owned();
            let read = parse(&format!("{{series = \"{series}\"}}"));
            assert_eq!(read, Ok(Some(Complete { space, stretch })));
        }
        for series in ["A/65/L.9", "A/65/L", "L.", "A/65/l.", "drafts/"] {
            let error = parse(&format!("{{series = \"{series}\"}}")).unwrap_err();
            assert!(error.contains("is not the beginning of a symbol"), "{series}: {error}");
        }
        let error = parse(r#"{series = "A/65/L.", body = "General Assembly"}"#).unwrap_err();
        assert_eq!(error, "unknown key `body`");
    }

    #[test]
    fn what_is_wrong_is_reported() {
        for (complete, message) in [
            ("true", "`complete` is true or false, expected a table"),
            (r#"{sessions = "60"}"#, "`complete` has no `body`"),
            (r#"{body = "General Assembly"}"#, "`complete` has no `sessions`"),
            (r#"{body = "General Assembly", years = "2010"}"#, "unknown key `years`"),
            (r#"{body = "General Asembly", sessions = "60"}"#, "no body `General Asembly`"),
            (
                r#"{body = "General Assembly", sessions = "65-60"}"#,
                "`65-60` is not a range of numbers",
            ),
            (r#"{body = "General Assembly", sessions = "all"}"#, "`all` is not a range of numbers"),
        ] {
            let error = parse(complete).unwrap_err();
            assert!(error.contains(message), "{complete}: {error}");
        }
    }
}
