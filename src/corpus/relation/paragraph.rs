//! Acts whose numbered paragraphs are among the records, and the citations of their paragraphs.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    fact::{Fact, Meaning, Record, Sequence},
    vocabulary::{FactKinds, Status},
};

/// An act, and the citations of its paragraphs.
#[derive(Debug)]
pub struct Paragraph;

/// A list of the paragraphs of an act, or a citation of a paragraph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ParagraphEntry {
    space: TextRef,
    normal: TextRef,
    shown: TextRef,
    part: ParagraphPart,
}

/// What a record says of the paragraphs of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParagraphPart {
    /// It has all of them, numbered from 1 to this one.
    Last(u32),
    /// It has some of them, or may still change.
    Open,
    /// It cites the paragraph of this number.
    Cited(u32),
}

impl Relation for Paragraph {
    /// The namespace, and the normal form of the key of the act.
    type Key<'c> = (&'c str, &'c str);
    type Entry = ParagraphEntry;
    type Prepared = ();

    const IS_CHECKED_ALONE: bool = false;

    const FACTS: Option<FactKinds> =
        Some(FactKinds::SEQUENCE.or(FactKinds::CITES).or(FactKinds::MENTION));
    fn key<'c>(entry: &'c ParagraphEntry, texts: &'c TextStore) -> Self::Key<'c> {
        (texts.get(entry.space), texts.get(entry.normal))
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in record.live() {
            match &fact.meaning {
                Meaning::Sequence(sequence) if sequence.of.is_some() => {
                    take_list(record, fact, sequence, collector);
                }
                Meaning::Cites(key) => {
                    if let Some((text, number)) = key.paragraph.and_then(|text| {
                        let digits = text.value.trim_start();
                        let end = digits.find(|c: char| !c.is_ascii_digit());
                        Some((text, digits[..end.unwrap_or(digits.len())].parse().ok()?))
                    }) {
                        let (space, normal) =
                            (collector.store(key.space), collector.store(&key.normal));
                        let shown = collector.store(&key.shown());
                        let part = ParagraphPart::Cited(number);
                        collector.add(text.place, ParagraphEntry { space, normal, shown, part });
                    }
                }
                Meaning::Mention(mention) => {
                    if let (Some((number, place)), Some(key)) =
                        (mention.paragraph, mention.found.key())
                    {
                        let (space, normal) =
                            (collector.store(mention.space), collector.store(&key));
                        let shown = collector.store(mention.text);
                        let part = ParagraphPart::Cited(number);
                        collector.add(place, ParagraphEntry { space, normal, shown, part });
                    }
                }
                _ => {}
            }
        }
    }
}

/// The paragraphs of each act that the record defines.
fn take_list(
    record: &Record<'_>,
    fact: &Fact<'_>,
    sequence: &Sequence<'_>,
    collector: &mut Collector<'_, Paragraph>,
) {
    let part = match last(record, fact, sequence) {
        Some(last) => ParagraphPart::Last(last),
        None => ParagraphPart::Open,
    };
    for defined in &record.facts {
        let Meaning::Defines(key) = &defined.meaning else { continue };
        if Some(key.space) != sequence.of {
            continue;
        }
        let (space, normal) = (collector.store(key.space), collector.store(&key.normal));
        let shown = collector.store(&key.shown());
        let place = sequence.numbers.last().map_or(fact.place, |number| number.place);
        collector.add(place, ParagraphEntry { space, normal, shown, part });
    }
}

/// The number of the last paragraph, if the record does not change any more and has every paragraph from the first on.
fn last(record: &Record<'_>, fact: &Fact<'_>, sequence: &Sequence<'_>) -> Option<u32> {
    record.head.state().filter(|status: &Status| status.is_finished())?;
    let count = u32::try_from(sequence.numbers.len()).ok().filter(|count| *count > 0)?;
    let in_order =
        sequence.numbers.iter().zip(1_u32..).all(|(text, number)| {
            text.value.trim().trim_end_matches('.').parse::<u32>() == Ok(number)
        });
    let has_all = fact.node.elements().count() == sequence.numbers.len();
    (in_order && has_all).then_some(count)
}

impl<'c> Member<'c, Paragraph> {
    /// What the record says of the paragraphs.
    #[must_use]
    pub fn part(&self) -> ParagraphPart {
        self.entry().part
    }

    /// The act as the record writes it.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }

    /// The name of the namespace.
    #[must_use]
    pub fn space(&self) -> &'c str {
        self.text(self.entry().space)
    }

    /// The normal form of the key of the act.
    #[must_use]
    pub fn normal(&self) -> &'c str {
        self.text(self.entry().normal)
    }
}
