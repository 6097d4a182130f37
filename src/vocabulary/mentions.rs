//! `x-mentions`: prose in which citations and dates are found.

use super::{
    Arguments, Collector, DateText, Fact, Given, Keyword, Kind, Meaning, Record, Text, date_text,
    key, keyword::required, record::OwnOrgan, space,
};
use crate::{
    calendar::{self, Zoned},
    finding::Place,
    message::listed,
    symbol::{self, Citation, Found},
    tree::NodeRef,
};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-mentions",
    about: "prose in which citations and dates are found",
    repeats: false,
    short: Some("space"),
    arguments: &[required("space", Kind::Text, "the namespace that the symbols found belong to")],
    example: r#""document""#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-mentions`.
#[derive(Clone, Debug, Default)]
pub struct MentionsArguments {
    /// The namespace that found symbols belong to.
    pub space: String,
    /// Whether each citation is kept, to be held against complete registers.
    pub(crate) is_kept: bool,
}

fn read(given: &Given<'_>) -> MentionsArguments {
    MentionsArguments { space: given.text("space"), is_kept: false }
}

/// A citation found in prose.
#[derive(Debug)]
pub struct Mention<'t> {
    /// The namespace that it belongs to.
    pub space: &'t str,
    /// The reference, read.
    pub found: Found,
    /// As written.
    pub text: &'t str,
    /// Where.
    pub place: Place,
    /// The date that directly follows it.
    pub date: Option<DateText<'t>>,
    /// Whether it is held against complete registers.
    pub is_kept: bool,
    /// The greatest number of a paragraph of the act that is cited with it, and where.
    pub paragraph: Option<(u32, Place)>,
    /// The word with which the text calls a draft an act: "resolution" in "its resolution A/65/L.9".
    pub act_of_draft: Option<&'t str>,
}

impl Mention<'_> {
    /// The act that is cited, where it is one.
    #[must_use]
    pub fn act(&self) -> Option<Citation> {
        space::act(&self.found.reference)
    }
}

impl Arguments for MentionsArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        // Few texts speak of an act as their own, so that the organ is found out where one does.
        let speaker = OwnOrgan::of(&collector.record);
        collector.look_at_texts(node, |text, facts| {
            symbol::find(text.value, |mut found| {
                if found.own
                    && let Some(organ) = speaker.organ()
                {
                    found.spoken_by(organ);
                }
                let mention =
                    Mention { is_kept: self.is_kept, ..mention(&self.space, text, found) };
                facts.push(Meaning::Mention(Box::new(mention)));
            });
            key::dates_in(text, |date| facts.push(Meaning::DateMention(Box::new(date))));
            calendar::find_zoned(text.value, |moment| {
                let written = moment.iter().map(|time| ZonedText::of(text, time)).collect();
                facts.push(Meaning::ZonedTimes(written));
            });
        });
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        match &fact.meaning {
            Meaning::Mention(mention) => {
                let date = mention.date.as_ref().map(|date| format!(" of {}", date_text(date)));
                let key = mention.found.key().map(|key| format!("`{key}`"));
                let key = key.unwrap_or_else(|| "an act of no known organ".to_owned());
                let (space, date) = (mention.space, date.unwrap_or_default());
                format!("mentions {space} `{}`, {key}{date}", mention.text)
            }
            Meaning::DateMention(date) => format!("mentions the date {}", date_text(date)),
            Meaning::ZonedTimes(times) => {
                let times: Vec<String> =
                    times.iter().map(|time| format!("`{}`", time.text)).collect();
                format!("mentions one moment as {}", listed(&times, "and"))
            }
            _ => String::new(),
        }
    }
}

/// A time of day of a zone, found in prose.
#[derive(Debug)]
pub struct ZonedText<'t> {
    /// As written.
    pub text: &'t str,
    /// Where.
    pub place: Place,
    /// As read.
    pub time: Zoned,
}

impl<'t> ZonedText<'t> {
    fn of(text: Text<'t>, time: &Zoned) -> Self {
        let range = time.range.clone();
        let place = text.part(range.start, range.len());
        Self { text: &text.value[range], place, time: time.clone() }
    }
}

/// What was found in a text, as a fact has it.
fn mention<'t>(space: &'t str, text: Text<'t>, found: Found) -> Mention<'t> {
    let part = |range: std::ops::Range<usize>| text.part(range.start, range.len());
    let dated = found.date.as_ref();
    let date = dated.map(|dated| key::symbol_date(dated, text.value, part(dated.range.clone())));
    let range = found.range.clone();
    let paragraph = symbol::paragraph_cited(text.value, &found);
    let paragraph = paragraph.map(|(number, range)| (number, part(range)));
    let act_of_draft = symbol::act_of_draft(text.value, &found).map(|range| &text.value[range]);
    let (text, place) = (&text.value[range.clone()], part(range));
    Mention { space, text, place, found, date, is_kept: false, paragraph, act_of_draft }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn citations_and_dates_are_found_at_any_depth() {
        for space in [json!("document"), json!({"space": "document"})] {
            let schema = json!({"properties": {"body": {"x-mentions": space}}});
            assert_eq!(
                facts(&schema, "{body: [{a: see A/RES/65/170}, on 19 May 2011]}"),
                [
                    "mentions document `A/RES/65/170`, `A/RES/65/170`",
                    "mentions the date 2011-05-19 (`19 May 2011`)"
                ]
            );
        }
    }

    #[test]
    fn one_moment_in_several_zones_is_found() {
        let schema = json!({"properties": {"body": {"x-mentions": "document"}}});
        assert_eq!(
            facts(&schema, "{body: We meet at 18:00 UTC (19:00 CET).}"),
            ["mentions one moment as `18:00 UTC` and `19:00 CET`"]
        );
    }

    #[test]
    fn the_key_space_is_required() {
        assert_eq!(fault(&KEYWORD, &json!({})), "`x-mentions` lacks the argument `space`");
    }
}
