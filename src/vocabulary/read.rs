//! Reads the keywords in one schema object.

use serde_json::{Map, Value};

use super::{Arguments, Given, KEYWORDS, Keyword, Pointer, arguments::Fault};
use crate::{
    message::{did_you_mean, quoted},
    suggest,
};

/// One use of a keyword in a schema object.
#[derive(Debug)]
pub struct Use {
    /// The keyword.
    pub keyword: &'static Keyword,
    /// Which of several uses on one value this is.
    pub index: usize,
    /// Its arguments.
    pub arguments: Box<dyn Arguments>,
    /// The pointers among them that begin at the annotated value.
    pub pointers: Vec<Pointer>,
    /// The schema that the annotated value has to satisfy.
    pub when: Option<Value>,
}

/// A keyword that is used wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordError {
    /// The keyword as written.
    pub keyword: String,
    /// What is wrong; no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The keywords in one schema object, and those that are used wrongly.
#[must_use]
pub fn read(schema: &Map<String, Value>) -> Vec<Result<Use, KeywordError>> {
    let mut uses = Vec::new();
    for (name, value) in schema.iter().filter(|(name, _)| name.starts_with("x-")) {
        let Some(keyword) = find(name) else {
            uses.extend(misspelt(name).map(Err));
            continue;
        };
        let (items, is_array) = match value {
            Value::Array(items) => (items.as_slice(), true),
            one => (std::slice::from_ref(one), false),
        };
        for (index, value) in items.iter().enumerate() {
            let item = is_array.then_some(index);
            uses.push(read_use(keyword, index, Given::new(keyword, item, value)).map_err(
                |Fault { message, help }| KeywordError { keyword: name.clone(), message, help },
            ));
        }
    }
    uses
}

/// The keyword called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Keyword> {
    let at = KEYWORDS.binary_search_by(|keyword| keyword.name.cmp(name)).ok()?;
    Some(KEYWORDS[at])
}

fn read_use(
    keyword: &'static Keyword,
    index: usize,
    given: Result<Given<'_>, Fault>,
) -> Result<Use, Fault> {
    let given = given?;
    let arguments = (keyword.read)(&given)?;
    let (pointers, when) = (given.all_pointers(), given.get("when").cloned());
    Ok(Use { keyword, index, arguments, pointers, when })
}

/// Keywords of others that differ from one of ours by a letter or two: `x-internal` marks parts of an
/// interface as not public, in descriptions of HTTP interfaces.
const FOREIGN: [&str; 1] = ["x-internal"];

/// A keyword that is nearly one of ours. Others have keywords beginning with `x-` too, so one that resembles none of
/// ours is ignored.
fn misspelt(name: &str) -> Option<KeywordError> {
    if FOREIGN.contains(&name) {
        return None;
    }
    let near = suggest::nearest(name, KEYWORDS.iter().map(|keyword| keyword.name))?;
    Some(KeywordError {
        keyword: name.to_owned(),
        message: format!("{} is not a keyword of the vocabulary", quoted(name)),
        help: Some(did_you_mean(near)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_json(schema: &Value) -> Vec<Result<Use, KeywordError>> {
        read(schema.as_object().unwrap())
    }

    #[test]
    fn several_arguments_make_several_uses() {
        let uses = read_json(&json!({"x-expects": [{"what": "speaker"}, {"what": "speakers"}]}));
        let indexes: Vec<usize> = uses.iter().map(|one| one.as_ref().unwrap().index).collect();
        assert_eq!(indexes, [0, 1]);
    }

    #[test]
    fn a_misspelt_keyword_is_named_with_the_nearest() {
        let uses = read_json(&json!({"x-interva": {}}));
        let [Err(error)] = uses.as_slice() else { panic!("{uses:?}") };
        assert_eq!(error.message, "`x-interva` is not a keyword of the vocabulary");
        assert_eq!(error.help.as_deref(), Some("did you mean `x-interval`?"));
    }

    #[test]
    fn the_keywords_of_others_are_ignored() {
        assert!(read_json(&json!({"x-internal": true, "x-enum-varnames": []})).is_empty());
    }

    #[test]
    fn an_argument_that_no_name_resembles_is_reported_with_those_that_there_are() {
        let uses = read_json(&json!({"x-context": {"colour": "/c"}}));
        let [Err(error)] = uses.as_slice() else { panic!("{uses:?}") };
        assert_eq!(error.message, "`x-context` has no argument `colour`");
        assert_eq!(error.help.as_deref(), Some("its arguments are `date`, `track` and `when`"));
    }

    #[test]
    fn every_keyword_takes_a_condition_that_is_a_schema() {
        for keyword in KEYWORDS {
            let uses = read_json(&json!({keyword.name: {"when": 7}}));
            let [Err(error)] = uses.as_slice() else { panic!("{uses:?}") };
            let message =
                format!("argument `when` of `{}` is `7`; a schema is expected", keyword.name);
            assert_eq!(error.message, message);
        }
        let uses =
            read_json(&json!({"x-text": [{"is": "line", "when": {"maxLength": 9}}, "prose"]}));
        let [Ok(line), Ok(prose)] = uses.as_slice() else { panic!("{uses:?}") };
        assert_eq!((&line.when, &prose.when), (&Some(json!({"maxLength": 9})), &None));
    }

    #[test]
    fn only_pointers_from_the_value_are_compared_with_its_properties() {
        let arguments = json!({"text": ["/a", "/b"], "notes": "/c", "mark": "/d", "body": "/e"});
        let uses = read_json(&json!({"x-notes": arguments}));
        let [Ok(notes)] = uses.as_slice() else { panic!("{uses:?}") };
        let names: Vec<String> = notes.pointers.iter().map(|one| one.tokens().concat()).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }
}
