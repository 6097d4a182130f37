//! Arguments that point at a value of the wrong kind: at a list where one value is read, or at one value where items are read. Such
//! a keyword reads nothing from any record.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Compiler, Misuse};
use crate::{
    message::quoted,
    schema::graph::StateId,
    vocabulary::{KeywordError, NoteId, Pointer},
};

/// What an argument reads.
#[derive(Clone, Copy, Debug)]
enum Reads {
    /// A text, a number, or true or false.
    One,
    /// The items of an array.
    Items,
}

impl Reads {
    /// Whether a schema object has a `type` that this never is.
    fn is_excluded_by(self, types: &Value) -> bool {
        let fits = |name: &Value| match (self, name.as_str()) {
            (Self::One, Some("array" | "object" | "null")) => false,
            (Self::Items, Some(name)) => name == "array",
            (Self::One, Some(_)) | (_, None) => true,
        };
        match types {
            Value::Array(all) => !all.iter().any(fits),
            one => !fits(one),
        }
    }

    const fn wanted(self) -> &'static str {
        match self {
            Self::One => "one value",
            Self::Items => "an array",
        }
    }
}

impl Compiler<'_> {
    /// Reports each use of a keyword with such an argument, once.
    pub(super) fn check_kinds(&mut self) {
        let parts = self.part_pointers();
        let mut found: BTreeMap<NoteId, KeywordError> = BTreeMap::new();
        for (at, state) in self.graph.states.iter().enumerate() {
            for note in &state.notes {
                // A schema object that is part of several states is reported once.
                if !found.contains_key(note) {
                    let error = self.wrong_kind(StateId(at as u32), *note, &parts);
                    found.extend(error.map(|error| (*note, error)));
                }
            }
        }
        for (note, error) in found {
            let note = self.graph.note(note);
            let (document, pointer) = (note.document, note.pointer.clone());
            self.misuses.push(Misuse { document, pointer, error, is_doubtful: false });
        }
    }

    fn wrong_kind(
        &self,
        state: StateId,
        id: NoteId,
        parts: &[Vec<Pointer>],
    ) -> Option<KeywordError> {
        let note = self.graph.note(id);
        let starts = self.origins(state, note);
        let parts = parts[id.0 as usize].iter().map(|part| (Reads::One, part));
        let parts = parts.filter(|_| !note.arguments.compares_wholes());
        let lists = note.arguments.lists().into_iter().map(|list| (Reads::Items, list));
        // Lists begin at the annotated value, whatever is read of their items.
        let begins = |reads| match reads {
            Reads::One => starts.as_slice(),
            Reads::Items => std::slice::from_ref(&state),
        };
        let (reads, pointer, types) = parts.chain(lists).find_map(|(reads, pointer)| {
            let types = begins(reads).iter().find_map(|at| self.excluding(*at, pointer, reads));
            Some((reads, pointer, types?))
        })?;
        let path = quoted(&format!("/{}", pointer.tokens().join("/")));
        let keyword = note.keyword.name;
        let types = types.as_str().map_or_else(|| types.to_string(), str::to_owned);
        Some(KeywordError {
            keyword: keyword.to_owned(),
            message: format!(
                "`{keyword}` reads {} at {path}, but the schema gives it the type {}",
                reads.wanted(),
                quoted(&types)
            ),
            help: Some("correct the pointer; the keyword reads nothing there".to_owned()),
        })
    }

    /// The `type` of the value that a pointer leads to, if it excludes what is read. Only schema objects that always apply count.
    fn excluding(&self, from: StateId, pointer: &Pointer, reads: Reads) -> Option<&Value> {
        let (first, rest) = pointer.tokens().split_first()?;
        let step = |state: StateId, token: &String| {
            self.graph.state(state).members.get(token.as_str()).copied().flatten()
        };
        let target = rest.iter().try_fold(step(from, first)?, step)?;
        let schemas = self.sets.get(target.0 as usize)?.iter().map(|id| self.locations[*id].schema);
        let mut types = schemas.filter_map(|schema| schema.get("type"));
        types.find(|types| reads.is_excluded_by(types))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::schema::Catalog;

    /// What is reported of the schema.
    fn found(schema: &Value) -> Vec<String> {
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
        catalog.errors().iter().map(|error| error.message.clone()).collect()
    }

    fn schema(keyword: &str, arguments: &Value) -> Value {
        json!({
            keyword: arguments,
            "type": "object",
            "properties": {
                "day": {"type": "string"},
                "seats": {"type": ["integer", "null"]},
                "names": {"type": "array", "items": {"type": "string"}},
                "maybe": {"type": ["array", "string"]},
                "open": {},
                "hall": {"type": "object", "properties": {"no": {"type": "string"}}},
                "either": {"anyOf": [{"type": "array"}, {"type": "string"}]},
                "shared": {"$ref": "#/$defs/list"},
                "slots": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "array"}, "no": {"type": "integer"}}}}
            },
            "$defs": {"list": {"type": "array"}}
        })
    }

    #[test]
    fn a_pointer_to_a_value_of_the_wrong_kind_is_reported_once() {
        for (keyword, arguments, message) in [
            (
                "x-counts",
                json!({"figure": "/names", "list": "/day"}),
                "`x-counts` reads one value at `/names`, but the schema gives it the type `array`",
            ),
            (
                "x-counts",
                json!({"figure": "/seats", "list": "/day"}),
                "`x-counts` reads an array at `/day`, but the schema gives it the type `string`",
            ),
            (
                "x-counts",
                json!({"figure": "/seats", "list": "/seats"}),
                "`x-counts` reads an array at `/seats`, but the schema gives it the type `[\"integer\",\"null\"]`",
            ),
            (
                "x-date",
                json!({"is": "held", "date": "/hall"}),
                "`x-date` reads one value at `/hall`, but the schema gives it the type `object`",
            ),
            (
                "x-interval",
                json!({"start": "/day", "end": "/shared"}),
                "`x-interval` reads one value at `/shared`, but the schema gives it the type `array`",
            ),
            (
                "x-unique",
                json!({"in": ["/day"], "by": [""]}),
                "`x-unique` reads an array at `/day`, but the schema gives it the type `string`",
            ),
        ] {
            assert_eq!(found(&schema(keyword, &arguments)), [message], "{arguments}");
        }
    }

    #[test]
    fn a_value_that_may_be_of_the_right_kind_is_accepted() {
        for (keyword, arguments) in [
            ("x-counts", json!({"figure": "/seats", "list": "/names"})),
            ("x-counts", json!({"figure": "/open", "list": "/open"})),
            ("x-counts", json!({"figure": "/maybe", "list": "/maybe"})),
            ("x-counts", json!({"figure": "/either", "list": "/either"})),
            ("x-counts", json!({"figure": "/hall/no", "list": "/shared"})),
            ("x-unique", json!({"in": ["/slots"], "by": ["/no"]})),
            ("x-unique", json!({"in": ["/slots"], "by": ["/at"]})),
            ("x-interval", json!({"start": "/day", "end": "/day"})),
        ] {
            assert_eq!(found(&schema(keyword, &arguments)), [""; 0], "{arguments}");
        }
    }
}
