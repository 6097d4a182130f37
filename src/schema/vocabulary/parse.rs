//! Reads the words in one schema object.

use serde::Deserialize;
use serde_json::Value;

use super::{
    AgreesWord, ContextWord, CountsWord, DateRole, DateWord, DecidesWord, Expected, ExpectsWord,
    Form, IntervalWord, KeyOptions, KeyWord, NotesWord, Part, PartsWord, Pointer, Presence,
    ProseWord, RecordWord, SequenceWord, Side, SpeakerWord, TextKind, VersionWord, WORDS, Word,
};

/// One word found in a schema object, or what is wrong with it.
pub type Parsed = Result<(usize, Word), WordError>;

/// A word used wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordError {
    /// The keyword as written.
    pub keyword: String,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
}

/// The words in one schema object, each with its place in the array of arguments where there are
/// several, and the words used wrongly.
#[must_use]
pub fn parse(schema: &serde_json::Map<String, Value>) -> Vec<Parsed> {
    let mut words = Vec::new();
    for (keyword, argument) in schema.iter().filter(|(keyword, _)| keyword.starts_with("x-")) {
        if !WORDS.contains(&keyword.as_str()) {
            words.extend(misspelt(keyword).map(Err));
            continue;
        }
        let arguments = match argument {
            Value::Array(several) => several.as_slice(),
            one => std::slice::from_ref(one),
        };
        for (index, argument) in arguments.iter().enumerate() {
            words.push(word(keyword, argument).map(|word| (index, word)).map_err(|error| {
                WordError {
                    keyword: keyword.clone(),
                    message: format!("`{keyword}` is used wrongly: {error}"),
                    help: Some("`docs/vocabulary.md` lists its arguments".to_owned()),
                }
            }));
        }
    }
    words
}

/// Words of others that differ from one of ours by a letter or two: `x-internal` marks parts of an
/// interface as not public, in descriptions of HTTP interfaces.
const FOREIGN: [&str; 1] = ["x-internal"];

/// A keyword that is nearly a word of the vocabulary. Others have words beginning with `x-` too, so one
/// that resembles none of ours is left alone.
fn misspelt(keyword: &str) -> Option<WordError> {
    if FOREIGN.contains(&keyword) {
        return None;
    }
    let near = crate::suggest::nearest(keyword, WORDS.iter().copied())?;
    Some(WordError {
        keyword: keyword.to_owned(),
        message: format!("`{keyword}` is no word of the vocabulary"),
        help: Some(format!("did you mean `{near}`?")),
    })
}

fn word(keyword: &str, argument: &Value) -> Result<Word, serde_json::Error> {
    Ok(match keyword {
        "x-record" => Word::Record(RecordWord::deserialize(argument)?),
        "x-decides" => Word::Decides(DecidesWord::deserialize(argument)?),
        "x-defines" => Word::Defines(KeyArguments::deserialize(argument)?.into()),
        "x-cites" => Word::Cites(KeyArguments::deserialize(argument)?.into()),
        "x-mentions" => Word::Mentions { space: String::deserialize(argument)? },
        "x-form" => Word::Form(Form::deserialize(argument)?),
        "x-date" => Word::Date(DateArguments::deserialize(argument)?.into()),
        "x-interval" => Word::Interval(IntervalWord::deserialize(argument)?),
        "x-context" => Word::Context(ContextWord::deserialize(argument)?),
        "x-sequence" => Word::Sequence(SequenceArguments::deserialize(argument)?.into()),
        "x-speaker" => Word::Speaker(speaker(argument)?),
        "x-version" => Word::Version(VersionWord::deserialize(argument)?),
        "x-agrees" => Word::Agrees(AgreesWord::deserialize(argument)?),
        "x-expects" => Word::Expects(expects(argument)?),
        "x-text" => Word::Text(TextKind::deserialize(argument)?),
        "x-counts" => Word::Counts(CountsWord::deserialize(argument)?),
        "x-notes" => Word::Notes(NotesWord::deserialize(argument)?),
        "x-parts" => Word::Parts(PartsWord::deserialize(argument)?),
        "x-unique" => unique(argument)?,
        _ => Word::Prose(ProseWord::deserialize(argument)?),
    })
}

fn expects(argument: &Value) -> Result<ExpectsWord, serde_json::Error> {
    let word = ExpectsWord::deserialize(argument)?;
    if word.is.is_some() && word.what != Expected::Date {
        return Err(serde::de::Error::custom(
            "`is` says which date it is, and `what` is no `date`",
        ));
    }
    Ok(word)
}

fn speaker(argument: &Value) -> Result<SpeakerWord, serde_json::Error> {
    let word = SpeakerWord::deserialize(argument)?;
    let may_list = word.is == Some(Presence::Spoke) && word.capacity.is_some();
    if !word.listed.is_empty() && !may_list {
        return Err(serde::de::Error::custom(
            "`listed` holds values of `capacity` for those who `is` says `spoke`",
        ));
    }
    Ok(word)
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a pointer or an array of pointers was expected")]
pub(super) enum OneOrMany {
    One(Pointer),
    Many(Vec<Pointer>),
}

impl OneOrMany {
    fn into_parts(self) -> Vec<Part> {
        match self {
            Self::One(pointer) => vec![part(pointer)],
            Self::Many(pointers) => pointers.into_iter().map(part).collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "the name of a key space, or an object with `space`, was expected")]
enum KeyArguments {
    Space(String),
    Full(FullKeyArguments),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullKeyArguments {
    space: String,
    key: Option<OneOrMany>,
    date: Option<Pointer>,
    per: Option<Per>,
    #[serde(default)]
    elsewhere: bool,
    #[serde(default)]
    shared: bool,
    #[serde(default)]
    external: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Per {
    Language,
}

impl From<KeyArguments> for KeyWord {
    fn from(arguments: KeyArguments) -> Self {
        match arguments {
            KeyArguments::Space(space) => {
                Self { space, key: vec![Part::default()], ..Self::default() }
            }
            KeyArguments::Full(full) => Self {
                space: full.space,
                key: full.key.map_or_else(|| vec![Part::default()], OneOrMany::into_parts),
                date: full.date.map(part),
                options: KeyOptions::default()
                    .with(KeyOptions::PER_LANGUAGE, matches!(full.per, Some(Per::Language)))
                    .with(KeyOptions::ELSEWHERE, full.elsewhere)
                    .with(KeyOptions::SHARED, full.shared)
                    .with(KeyOptions::EXTERNAL, full.external),
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "which date it is (`held`, `written`, `issued`, `adopted`, `distributed`) was expected"
)]
enum DateArguments {
    Role(DateRole),
    Full(FullDateArguments),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullDateArguments {
    is: DateRole,
    #[serde(default)]
    date: Pointer,
    weekday: Option<Pointer>,
    expect: Option<Side>,
}

impl From<DateArguments> for DateWord {
    fn from(arguments: DateArguments) -> Self {
        match arguments {
            DateArguments::Role(is) => {
                Self { is, date: Part::default(), weekday: None, expect: None }
            }
            DateArguments::Full(full) => {
                let FullDateArguments { is, date, weekday, expect } = full;
                Self { is, date: part(date), weekday, expect }
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UniqueArguments {
    by: Vec<OneOrMany>,
    #[serde(default, rename = "in")]
    lists: Vec<Pointer>,
    among: Option<Among>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Among {
    Records,
}

fn unique(argument: &Value) -> Result<Word, serde_json::Error> {
    let arguments = UniqueArguments::deserialize(argument)?;
    if arguments.among.is_some() && !arguments.lists.is_empty() {
        return Err(serde::de::Error::custom(
            "`in` names lists of one record, and `among` compares records",
        ));
    }
    Ok(arguments.into())
}

impl From<UniqueArguments> for Word {
    fn from(arguments: UniqueArguments) -> Self {
        let by = arguments.by.into_iter().map(OneOrMany::into_parts).collect();
        match arguments.among {
            Some(Among::Records) => Self::Single { by },
            None => Self::Unique { lists: arguments.lists, by },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SequenceArguments {
    by: Pointer,
    from: Option<u32>,
}

impl From<SequenceArguments> for SequenceWord {
    fn from(arguments: SequenceArguments) -> Self {
        Self { by: part(arguments.by), from: arguments.from }
    }
}

fn part(pointer: Pointer) -> Part {
    Part { pointer, form: Form::Text }
}

pub(super) fn optional_part<'de, D: serde::Deserializer<'de>>(
    input: D,
) -> Result<Option<Part>, D::Error> {
    Ok(Option::<Pointer>::deserialize(input)?.map(part))
}

pub(super) fn parts<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<Part>, D::Error> {
    Ok(Vec::<Pointer>::deserialize(input)?.into_iter().map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parsed(schema: &Value) -> Vec<Parsed> {
        parse(schema.as_object().unwrap())
    }

    #[test]
    fn the_short_form_names_the_space_alone() {
        let words = parsed(&json!({"x-defines": "record"}));
        let [Ok((0, Word::Defines(key)))] = words.as_slice() else { panic!("{words:?}") };
        assert_eq!(key.space, "record");
        assert_eq!(key.key, [Part::default()]);
    }

    #[test]
    fn several_arguments_make_several_words() {
        let words = parsed(&json!({"x-expects": [{"what": "speaker"}, {"what": "speakers"}]}));
        assert_eq!(words.len(), 2);
        assert!(words.iter().all(Result::is_ok));
    }

    #[test]
    fn a_misspelt_word_is_named_with_the_nearest() {
        let words = parsed(&json!({"x-interva": {}}));
        let [Err(error)] = words.as_slice() else { panic!("{words:?}") };
        assert_eq!(error.help.as_deref(), Some("did you mean `x-interval`?"));
    }

    #[test]
    fn the_words_of_others_are_left_alone() {
        assert!(parsed(&json!({"x-internal": true, "x-enum-varnames": []})).is_empty());
    }

    #[test]
    fn a_misspelt_argument_is_refused() {
        let words = parsed(&json!({"x-interval": {"strat": "/start"}}));
        let [Err(error)] = words.as_slice() else { panic!("{words:?}") };
        assert!(error.message.contains("unknown field `strat`"), "{}", error.message);
    }

    #[test]
    fn a_text_is_a_line_or_prose() {
        assert_eq!(parsed(&json!({"x-text": "line"})), [Ok((0, Word::Text(TextKind::Line)))]);
        let words = parsed(&json!({"x-text": "heading"}));
        let [Err(error)] = words.as_slice() else { panic!("{words:?}") };
        assert!(error.message.contains("expected `line` or `prose`"), "{}", error.message);
    }

    #[test]
    fn what_agrees_has_one_text_or_several() {
        let words = parsed(&json!({"x-agrees": [
            {"on": "title", "of": ["/part"], "value": "/title", "also": "/aliases", "authority": true},
            {"on": "place", "value": ["/room", "/city"], "parts": true}
        ]}));
        let [Ok((0, Word::Agrees(title))), Ok((1, Word::Agrees(place)))] = words.as_slice() else {
            panic!("{words:?}")
        };
        assert!(title.authority && title.also.is_some() && title.of.len() == 1);
        assert!(place.parts && place.value.len() == 2 && place.of.is_empty() && !place.authority);
        assert!(parsed(&json!({"x-agrees": {"on": "title"}}))[0].is_err());
    }

    #[test]
    fn only_an_expected_date_says_which_it_is() {
        let words = parsed(&json!({"x-expects": [
            {"what": "date", "is": "issued"}, {"what": "speaker", "is": "issued"}
        ]}));
        let [Ok(_), Err(error)] = words.as_slice() else { panic!("{words:?}") };
        assert!(error.message.contains("`is` says which date"), "{}", error.message);
    }

    #[test]
    fn only_of_those_who_spoke_is_it_said_who_had_to_be_listed() {
        let words = parsed(&json!({"x-speaker": [
            {"name": "/by", "is": "announced"},
            {"name": "/by", "capacity": "/as", "is": "spoke", "listed": ["panellist"]}
        ]}));
        let [Ok((0, Word::Speaker(first))), Ok((1, Word::Speaker(second)))] = words.as_slice()
        else {
            panic!("{words:?}")
        };
        assert_eq!((first.is, second.is), (Some(Presence::Announced), Some(Presence::Spoke)));
        assert_eq!(second.listed, ["panellist"]);
        for wrong in [
            json!({"name": "/by", "is": "seen"}),
            json!({"name": "/by", "capacity": "/as", "listed": ["panellist"]}),
            json!({"name": "/by", "capacity": "/as", "is": "announced", "listed": ["panellist"]}),
            json!({"name": "/by", "is": "spoke", "listed": ["panellist"]}),
        ] {
            let words = parsed(&json!({"x-speaker": wrong}));
            assert!(matches!(words.as_slice(), [Err(_)]), "{words:?}");
        }
    }

    #[test]
    fn a_sequence_needs_to_know_where_its_numbers_are() {
        let words = parsed(&json!({"x-sequence": {"by": "/n", "from": 1}}));
        let [Ok((0, Word::Sequence(word)))] = words.as_slice() else { panic!("{words:?}") };
        assert_eq!((word.by.pointer.tokens(), word.from), (["n".to_owned()].as_slice(), Some(1)));
        for wrong in [json!({"from": 1}), json!({"by": "/n", "from": -1})] {
            let words = parsed(&json!({"x-sequence": wrong}));
            assert!(matches!(words.as_slice(), [Err(_)]), "{words:?}");
        }
    }

    #[test]
    fn counts_are_a_figure_of_a_list_or_the_sum_of_figures() {
        let right = |argument| matches!(parsed(&json!({"x-counts": argument}))[..], [Ok(_)]);
        assert!(right(json!({"figure": "/n", "list": "/all"})));
        assert!(right(json!({"sum": ["/yes", "/no"], "figure": "/all"})));
        assert!(right(json!({"sum": ["/yes", "/no"], "is": 15})));
        for wrong in [
            json!({"figure": "/n"}),
            json!({"list": "/all"}),
            json!({"sum": [], "is": 15}),
            json!({"sum": ["/yes"], "is": 15, "figure": "/n"}),
            json!({"sum": ["/yes"], "list": "/all"}),
        ] {
            assert!(!right(wrong.clone()), "{wrong}");
        }
    }

    #[test]
    fn versions_have_something_in_common() {
        let words = parsed(&json!({"x-version": {"of": ["/event"], "supersedes": "/replaces"}}));
        let [Ok((0, Word::Version(version)))] = words.as_slice() else { panic!("{words:?}") };
        assert!(version.of.len() == 1 && version.supersedes.is_some());
        assert!(parsed(&json!({"x-version": {"supersedes": "/replaces"}}))[0].is_err());
    }

    #[test]
    fn a_pointer_begins_with_a_slash() {
        assert!(Pointer::try_from("start".to_owned()).is_err());
        assert_eq!(Pointer::try_from("/a~1b".to_owned()).unwrap().tokens(), ["a/b"]);
    }

    #[test]
    fn every_word_is_listed_once_and_in_order() {
        assert!(WORDS.is_sorted_by(|a, b| a < b));
    }
}
