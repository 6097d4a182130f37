//! What is needed of a record when all records are known: who speaks in which slot. What was decided on names in other records
//! may make two speakers one person, and another version of a programme is compared slot by slot. The parts of the record that
//! say so are kept, so that its file need not be read again; texts are not among them.

use super::{Meaning, Record};
use crate::{schema::vocabulary::TextKind, tree::NodeRef};

/// The parts to keep of a record; none of one that is never looked at again.
#[must_use]
pub fn parts<'t>(record: &Record<'t>) -> Vec<NodeRef<'t>> {
    let is_version = is_version(record);
    if !is_version && !has_several_speakers(record) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for fact in &record.facts {
        match &fact.meaning {
            Meaning::Speaker(_) => parts.push(entry_of(fact.node, record)),
            Meaning::Interval(interval) => {
                let moments = [interval.start, interval.end].into_iter().flatten();
                parts.extend(moments.map(|moment| moment.text.node));
                parts
                    .extend([interval.track, interval.label].into_iter().flatten().map(|t| t.node));
            }
            Meaning::Text(TextKind::Prose, text) if is_version && is_in_slot(text.node, record) => {
                parts.push(text.node);
            }
            _ => {}
        }
    }
    parts
}

/// Whether the record may be compared with another version.
fn is_version(record: &Record<'_>) -> bool {
    let is_gone = record.head.has_status("cancelled") || record.head.has_status("superseded");
    !is_gone && record.facts.iter().any(|fact| matches!(fact.meaning, Meaning::Version(_)))
}

fn has_several_speakers(record: &Record<'_>) -> bool {
    let is_named = |meaning: &Meaning<'_>| matches!(meaning, Meaning::Speaker(speaker) if speaker.name.is_some());
    record.facts.iter().filter(|fact| is_named(&fact.meaning)).nth(1).is_some()
}

/// The entry of a list that a speaker is, or that says who speaks.
fn entry_of<'t>(node: NodeRef<'t>, record: &Record<'t>) -> NodeRef<'t> {
    let mut way = upwards(node, record);
    way.find(|at| at.parent().is_some_and(NodeRef::is_array)).unwrap_or(node)
}

fn is_in_slot(node: NodeRef<'_>, record: &Record<'_>) -> bool {
    let is_slot = |at: NodeRef<'_>| {
        record
            .facts
            .iter()
            .any(|fact| fact.node.id() == at.id() && matches!(fact.meaning, Meaning::Interval(_)))
    };
    upwards(node, record).any(is_slot)
}

/// A node and those above it, below the record itself.
fn upwards<'t>(node: NodeRef<'t>, record: &Record<'t>) -> impl Iterator<Item = NodeRef<'t>> {
    let root = record.node.id();
    std::iter::successors(Some(node), |at| at.parent()).take_while(move |at| at.id() != root)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use super::*;
    use crate::{
        fact::{self, Fact, Outline, Speaker},
        schema::Catalog,
        source::{Source, Syntax},
        tree::{Packed, Tree},
    };

    /// Calls `visit` with the text of every record file in and below a folder.
    fn for_each_file(folder: &Path, visit: &mut impl FnMut(String, Syntax)) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                for_each_file(&path, visit);
            } else if let Some(syntax) = Syntax::of_path(&path.to_string_lossy()) {
                visit(fs::read_to_string(&path).unwrap_or_default(), syntax);
            }
        }
    }

    fn shown(text: Option<fact::Text<'_>>) -> String {
        text.map_or_else(String::new, |text| format!("{}@{:?}", text.value, text.place))
    }

    fn moment(moment: Option<fact::Moment<'_>>) -> String {
        moment.map_or_else(String::new, |one| {
            format!("{} {:?} {:?} {:?}", shown(Some(one.text)), one.date, one.minute, one.offset)
        })
    }

    /// What rules on people and on versions see of a record.
    fn seen(record: &Record<'_>) -> Vec<String> {
        let one = |fact: &Fact<'_>| match &fact.meaning {
            Meaning::Speaker(speaker) => {
                let Speaker {
                    name, honorific, role, affiliation, delegation, capacity, state, ..
                } = *speaker;
                let texts =
                    [name, honorific, role, affiliation, delegation, capacity, state].map(shown);
                let slot = record.interval_of(speaker).map(|(slot, node)| {
                    let parent = node.parent().map(NodeRef::id);
                    let times = [slot.start, slot.end].map(moment);
                    (times, shown(slot.track), shown(slot.label), node.id(), parent)
                });
                let list = fact.node.parent().map(NodeRef::id);
                Some(format!("{texts:?} {slot:?} {:?} {list:?}", fact.place))
            }
            Meaning::Unique(unique) => {
                let is_name =
                    |text: &fact::Text<'_>| speakers(record).any(|name| name == text.node.id());
                let names = unique.entries.iter().filter(|(_, text)| is_name(text));
                let names: Vec<_> = names.map(|(key, text)| (key, text.place)).collect();
                (!names.is_empty()).then(|| format!("{names:?}"))
            }
            _ => None,
        };
        let outline = format!("{:?} {:?}", Outline::of(record), record.place);
        record.facts.iter().filter_map(one).chain([outline]).collect()
    }

    fn speakers(record: &Record<'_>) -> impl Iterator<Item = crate::tree::NodeId> {
        record.facts.iter().filter_map(|fact| match &fact.meaning {
            Meaning::Speaker(speaker) => Some(speaker.name?.node.id()),
            _ => None,
        })
    }

    /// A programme that writes a person once and refers to her, with much in it that nobody looks at again.
    const ALIASES: &str = "id: p\nkind: programme\ntitle: P\nlanguage: en\nevent: e\nstatus: final\ndate: \"2011-05-19\"\nslots:
  - {kind: opening, start: \"10:00\", end: \"10:20\", title: Opening, speakers: [&anna {name: Anna Berg, role: Chair}, {name: Bo Lee}]}
  - kind: panel
    track: Main
    start: \"10:20\"
    end: \"13:00\"
    title: A title
    chair: [*anna]
    speakers: &all
      - name: |
          Carl
      - {name: 'Dora May', state: tbc}
    questions: [Is it so?, And so?]
  - {kind: panel, start: \"10:30\", end: \"12:00\", speakers: *all}
";

    #[test]
    fn the_parts_of_a_record_say_of_its_speakers_what_all_of_it_says() {
        let (catalog, mut count, mut bytes) = (Catalog::bundled(), 0, 0);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("records");
        let mut compare = |text: String, syntax| {
            bytes += text.len();
            let tree = Tree::parse(Arc::new(Source::new("r", syntax, text)));
            let Ok(choice) = catalog.choose(tree.records()[0], None) else { return };
            let Some(state) = catalog.state(choice.schema()) else { return };
            let extract = |tree: &Tree| {
                let record =
                    fact::extract(catalog.graph(), state, tree.node(tree.roots()[0]), 3, 0);
                (seen(&record), Packed::of(record.node, parts(&record)), !parts(&record).is_empty())
            };
            let (seen, packed, is_kept) = extract(&tree);
            if is_kept {
                count += 1;
                let again = packed.map(|packed| extract(&packed.unpack()).0);
                assert_eq!(again, Some(seen));
            }
        };
        for_each_file(&root, &mut compare);
        compare(ALIASES.to_owned(), Syntax::Yaml);
        assert!(count > 2 && bytes > 100_000, "{count} of {bytes} bytes");
    }
}
