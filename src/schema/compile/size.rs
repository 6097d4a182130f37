//! How much a schema unfolds into. A validator follows `$ref`, `allOf` and their like for one and the same value
//! without remembering where it has been, so that thirty definitions that each name the next one twice would keep it
//! busy for ever, and a long enough chain would exhaust its stack.

use serde_json::Value;

use super::{Compiler, LocationId, is_below_data};

/// How many schemas may apply to one value, and how deep one may be in another; far above any schema that
/// someone wrote. What is below members and elements is about other values and does not count.
const MOST: usize = 100_000;
const DEEPEST: usize = 1_000;

/// How many combinations of schemas one document may apply to the values of a record. Schemas that each name the next one
/// double them with every name.
pub(super) const MOST_STATES: usize = 50_000;

/// The keywords whose schemas apply to the same value as the schema they are in.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const SINGLE: [&str; 4] = ["not", "if", "then", "else"];
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// A schema object that unfolds into too much.
pub(in crate::schema) struct Oversized {
    pub(in crate::schema) document: usize,
    pub(in crate::schema) pointer: String,
    pub(in crate::schema) keyword: Option<String>,
    pub(in crate::schema) message: String,
}

pub(super) fn too_many_states(document: usize) -> Oversized {
    Oversized {
        document,
        pointer: String::new(),
        keyword: None,
        message: format!("its schemas combine in more than {MOST_STATES} ways"),
    }
}

/// What a schema object unfolds into.
#[derive(Clone, Copy)]
enum Extent {
    Unknown,
    /// Being worked out: what leads back to it is not followed again, neither here nor by the validator.
    Open,
    Known {
        size: usize,
        depth: usize,
    },
}

impl Extent {
    fn is_too_large(self) -> bool {
        matches!(self, Self::Known { size, depth } if size > MOST || depth > DEEPEST)
    }
}

impl Compiler<'_> {
    /// The first schema object of each document that unfolds into too much though nothing in it does.
    pub(in crate::schema) fn oversized(&self) -> Vec<Oversized> {
        let extents = self.extents();
        let mut found: Vec<Oversized> = Vec::new();
        for (id, extent) in extents.iter().enumerate().filter(|(_, one)| one.is_too_large()) {
            let location = &self.locations[id];
            let is_reported = found.iter().any(|one| one.document == location.document);
            let follows = self.in_place(id).iter().any(|child| {
                extents[*child].is_too_large()
                    && self.locations[*child].document == location.document
            });
            if is_reported || follows {
                continue;
            }
            let Extent::Known { size, .. } = *extent else { continue };
            let message = if size > MOST {
                format!("it unfolds into more than {MOST} schemas for one value")
            } else {
                format!("its schemas are nested more than {DEEPEST} deep")
            };
            let keywords = LISTS.into_iter().chain(REFERENCES).chain(SINGLE);
            let keyword = keywords.into_iter().find(|word| location.schema.contains_key(*word));
            found.push(Oversized {
                document: location.document,
                pointer: location.pointer.clone(),
                keyword: keyword.map(str::to_owned),
                message,
            });
        }
        found
    }

    /// Of each schema object; each is looked at once, however often it is named.
    fn extents(&self) -> Vec<Extent> {
        let mut extents = vec![Extent::Unknown; self.locations.len()];
        for start in 0..self.locations.len() {
            if is_below_data(&self.locations[start].pointer) {
                continue;
            }
            let mut open = vec![start];
            while let Some(id) = open.last().copied() {
                match extents[id] {
                    Extent::Known { .. } => {
                        open.pop();
                    }
                    Extent::Unknown => {
                        extents[id] = Extent::Open;
                        let is_new =
                            |child: &LocationId| matches!(extents[*child], Extent::Unknown);
                        open.extend(self.in_place(id).into_iter().filter(is_new));
                    }
                    Extent::Open => {
                        let (mut size, mut depth) = (1_usize, 1);
                        for child in self.in_place(id) {
                            let (more, deeper) = match extents[child] {
                                Extent::Known { size, depth } => (size, depth),
                                Extent::Unknown | Extent::Open => (1, 1),
                            };
                            size = size.saturating_add(more);
                            depth = depth.max(deeper.saturating_add(1));
                        }
                        extents[id] = Extent::Known { size, depth };
                    }
                }
            }
        }
        extents
    }

    /// The schema objects that apply to the same value, as often as they are named.
    fn in_place(&self, id: LocationId) -> Vec<LocationId> {
        let location = &self.locations[id];
        let references = REFERENCES.iter().filter_map(|keyword| {
            let reference = location.schema.get(*keyword)?.as_str()?;
            self.child(location.resolver.lookup(reference).ok()?.contents())
        });
        let lists = LISTS.iter().flat_map(|word| self.children(location.schema.get(*word)));
        let single = SINGLE.iter().filter_map(|word| self.child(location.schema.get(*word)?));
        let dependent = ["dependentSchemas", "dependencies"].into_iter().flat_map(|keyword| {
            let listed = location.schema.get(keyword).and_then(Value::as_object);
            listed.into_iter().flat_map(|all| all.values()).filter_map(|value| self.child(value))
        });
        references.chain(lists).chain(single).chain(dependent).collect()
    }
}
