//! Patterns in other dialects of regular expressions. JSON Schema takes those of ECMA-262 (JSON Schema Core, draft 2020-12, section
//! 6.4). The validator reads more than these, so a pattern can work here that another validator refuses or reads in another way.

use regress::{Flags, Regex};

use crate::message::{quoted, shown};

/// What is wrong with a pattern, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Why the pattern is not one of ECMA-262. Programs read patterns with the flag `u` or without it; without it, an escape that means
/// nothing is the character itself, so `\-` is right, and `\A` is an A.
pub(super) fn fault(pattern: &str) -> Option<Fault> {
    refusal(pattern, true)?;
    let refusal = refusal(pattern, false);
    let mut pieces = pieces(pattern).into_iter();
    let piece = pieces.find(|piece| refusal.is_some() || piece.is_silent);
    let pattern = quoted(&shown(pattern));
    match (piece, refusal) {
        (Some(Piece { text, advice, .. }), _) => Some(Fault {
            message: format!(
                "{} in the pattern {pattern} is not part of the regular expressions of JSON Schema (ECMA-262)",
                quoted(&text)
            ),
            help: advice.map(|advice| {
                format!("{advice}; other validators reject this pattern or read it in another way")
            }),
        }),
        (None, Some(_)) => Some(Fault {
            message: format!(
                "the pattern {pattern} is not a regular expression of JSON Schema (ECMA-262)"
            ),
            help: Some("other validators reject this pattern or read it in another way".to_owned()),
        }),
        (None, None) => None,
    }
}

/// Why a reader of ECMA-262 rejects the pattern, unless the reason is only a bound of our own reader.
fn refusal(pattern: &str, unicode: bool) -> Option<String> {
    let flags = Flags { unicode, no_opt: true, ..Flags::default() };
    let reason = Regex::with_flags(pattern, flags).err()?.to_string();
    (!reason.contains("limit") && !reason.contains("nested")).then_some(reason)
}

/// Part of a pattern that other dialects have.
struct Piece {
    text: String,
    advice: Option<String>,
    /// Whether a reader without the flag `u` takes it for something else, instead of rejecting it.
    is_silent: bool,
}

impl Piece {
    fn new(text: &str, advice: Option<&str>, is_silent: bool) -> Self {
        Self { text: text.to_owned(), advice: advice.map(str::to_owned), is_silent }
    }
}

/// The parts of a pattern that ECMA-262 does not have, in order.
fn pieces(pattern: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut in_class = false;
    // Whether what comes before can be repeated no further.
    let mut is_repeated = false;
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let mut len = first.len_utf8();
        let was_repeated = std::mem::take(&mut is_repeated);
        match first {
            '\\' => {
                let (taken, piece) = escape(rest);
                len = taken;
                found.extend(piece);
            }
            '[' if in_class => found.extend(posix_class(rest)),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => found.extend(group(rest)),
            '+' if !in_class && was_repeated => {
                // The quantifier before it is one character, too.
                let at = pattern.len() - rest.len();
                found.push(Piece::new(
                    &pattern[at - 1..=at],
                    Some("leave out the last `+`"),
                    false,
                ));
            }
            '*' | '+' | '?' | '}' if !in_class => is_repeated = true,
            _ => {}
        }
        rest = &rest[len..];
    }
    found
}

/// The length of the escape at the beginning of `rest`, and the escape if ECMA-262 does not have it.
fn escape(rest: &str) -> (usize, Option<Piece>) {
    let Some(second) = rest[1..].chars().next() else { return (rest.len(), None) };
    let short = 1 + second.len_utf8();
    let braced = rest[short..].strip_prefix('{').and_then(|after| after.find('}'));
    let len = braced.map_or(short, |end| short + end + 2);
    let advice = match second {
        'p' | 'P' => return property(rest, second, braced.is_some(), len),
        'x' if braced.is_some() => "write `\\u` instead of `\\x`",
        'A' => "write `^`",
        'z' | 'Z' => "write `$`",
        'h' => "write `[ \\t]`",
        'R' => "write `\\r?\\n`",
        'a' | 'e' => "write the character as `\\x` with two hexadecimal figures",
        'Q' | 'E' => "write a backslash before each character that has a meaning",
        'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B' | 'f' | 'n' | 'r' | 't' | 'v' | 'c' | 'x'
        | 'u' | 'k' => return (short, None),
        _ if second.is_ascii_alphabetic() => "leave it out, or write the characters that it means",
        _ => return (short, None),
    };
    let len = if second == 'x' { len } else { short };
    (len, Some(Piece::new(&rest[..len], Some(advice), true)))
}

/// A property of characters: ECMA-262 has it in braces, and scripts only with their property.
fn property(rest: &str, letter: char, braced: bool, len: usize) -> (usize, Option<Piece>) {
    // `\pL` takes one letter.
    let after = rest[2..].chars().next().filter(|_| !braced);
    let len = len + after.map_or(0, char::len_utf8);
    let text = &rest[..len];
    if refusal(text, true).is_none() {
        return (len, None);
    }
    let name = rest[2..len].trim_matches(['{', '}', '^']);
    let forms = [format!("\\{letter}{{{name}}}"), format!("\\{letter}{{Script={name}}}")];
    let right = forms.into_iter().find(|form| refusal(form, true).is_none());
    let advice = right.map(|form| format!("write `{form}`"));
    let general = "name a category such as `\\p{L}`, or a script such as `\\p{Script=Latin}`";
    (len, Some(Piece::new(text, Some(advice.as_deref().unwrap_or(general)), true)))
}

/// A class such as `[:alpha:]`, in brackets of its own.
fn posix_class(rest: &str) -> Option<Piece> {
    let end = rest.strip_prefix("[:")?.find(":]")?;
    let text = &rest[..end + 4];
    let is_name = |c: char| c.is_ascii_lowercase() || c == '^';
    let advice = "write the characters, such as `a-z`";
    text[2..end + 2].chars().all(is_name).then(|| Piece::new(text, Some(advice), true))
}

/// The beginning of a group that ECMA-262 does not have. Flags for part of a pattern are part of it since 2025, with `i`, `m` and `s`.
fn group(rest: &str) -> Option<Piece> {
    let after = rest.strip_prefix("(?")?;
    let (text, advice) = if after.starts_with("P<") {
        ("(?P<", Some("write `(?<`"))
    } else if after.starts_with("P=") {
        ("(?P=", Some("write `\\k<NAME>`"))
    } else if after.starts_with('#') {
        ("(?#", Some("write the comment in `$comment`"))
    } else if after.starts_with('>') {
        ("(?>", Some("write `(?:`"))
    } else {
        let end = after.find(|c: char| !c.is_ascii_alphabetic() && c != '-')?;
        let flags = &after[..end];
        let is_standard = flags.chars().all(|c| "ims-".contains(c));
        match after[end..].chars().next()? {
            ')' if !flags.is_empty() => (
                &rest[..end + 3],
                Some("write what it matches, such as `[Aa]` for either case of a letter"),
            ),
            ':' if !is_standard => (&rest[..end + 3], None),
            _ => return None,
        }
    };
    Some(Piece::new(text, advice, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ecma_262_lacks_is_named_with_what_to_write() {
        for (pattern, piece, advice) in [
            ("^(?i)agenda$", "(?i)", "write what it matches"),
            (r"\Aitem \d+", r"\A", "write `^`"),
            (r"item \d+\z", r"\z", "write `$`"),
            (r"item \d+\Z", r"\Z", "write `$`"),
            ("no+", "", ""),
            ("no++b", "++", "leave out the last `+`"),
            ("(ab)*+c", "*+", "leave out the last `+`"),
            ("a{2}+", "}+", "leave out the last `+`"),
            ("(?P<year>[0-9]{4})", "(?P<", "write `(?<`"),
            ("(?>a|b)c", "(?>", "write `(?:`"),
            ("a(?#note)b", "(?#", "write the comment"),
            (r"^\p{Greek}+$", r"\p{Greek}", r"write `\p{Script=Greek}`"),
            (r"^\pL+$", r"\pL", r"write `\p{L}`"),
            (r"^\P{Cyrillic}$", r"\P{Cyrillic}", r"write `\P{Script=Cyrillic}`"),
            (r"^\p{letters}$", r"\p{letters}", "name a category"),
            ("^[[:alpha:]]+$", "[:alpha:]", "write the characters"),
            (r"\x{41}", r"\x{41}", r"write `\u` instead"),
            (r"\h+", r"\h", r"write `[ \t]`"),
        ] {
            let found = fault(pattern);
            if piece.is_empty() {
                assert_eq!(found, None);
                continue;
            }
            let Fault { message, help } = found.unwrap_or_else(|| panic!("{pattern} passes"));
            assert!(message.starts_with(&format!("`{piece}` in the pattern ")), "{message}");
            assert!(help.as_deref().unwrap_or_default().starts_with(advice), "{pattern}: {help:?}");
        }
    }

    #[test]
    fn what_readers_of_ecma_262_accept_with_or_without_the_flag_is_right() {
        for pattern in [
            r"^\d{4}\-\d{2}$",
            r"^A\/RES\/\d+\/\d+$",
            r"^[\w\-\.]+\@x\_y$",
            r"[a&&b]",
            r"^\p{Lu}\p{Script=Greek}\p{L}+$",
            r"^\p{Uppercase_Letter}\p{sc=Latn}\p{ASCII_Hex_Digit}$",
            r"^\u00e9\x41\cJ\0$",
            r"(?<year>\d{4})-\k<year>",
            r"(?<!a)(?<=b)(?!c)(?=d)(?:e)",
            "^(?i:agenda)$",
            "a{,5}",
            "x}]",
            "}+",
            "^[+*?}]++$".trim_end_matches("+$"),
            "a+?b*?c{2,}?",
            r"[\]\[\\(?i)]",
            r"[^\s:[]+",
            r"\\A\\z",
            "",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_nothing_explains_is_rejected_without_a_proposal() {
        let Fault { message, .. } = fault("a**").unwrap();
        assert_eq!(
            message,
            "the pattern `a**` is not a regular expression of JSON Schema (ECMA-262)"
        );
    }

    #[test]
    fn the_patterns_of_the_bundled_schemas_are_right() {
        for (name, text) in crate::schema::bundled::BUNDLED {
            let schema: serde_json::Value = serde_json::from_str(text).unwrap();
            each_pattern(&schema, &mut |pattern| assert_eq!(fault(pattern), None, "{name}"));
        }
    }

    fn each_pattern(value: &serde_json::Value, check: &mut impl FnMut(&str)) {
        if let Some(pattern) = value.get("pattern").and_then(|pattern| pattern.as_str()) {
            check(pattern);
        }
        if let Some(all) = value.get("patternProperties").and_then(|all| all.as_object()) {
            all.keys().for_each(|pattern| check(pattern));
        }
        let members = value.as_object().into_iter().flat_map(|all| all.values());
        members.for_each(|value| each_pattern(value, check));
        value.as_array().into_iter().flatten().for_each(|value| each_pattern(value, check));
    }
}
