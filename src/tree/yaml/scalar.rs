//! What a scalar means: by the core schema of YAML 1.2 (section 10.3 of the specification), and by
//! YAML 1.1, which `PyYAML` and many other readers still follow.

use std::borrow::Cow;

use granit_parser::Tag;

use crate::tree::{failure::in_quotes, json::is_number};

/// What the core schema makes of a plain scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Core<'v> {
    Null,
    Bool(bool),
    /// A number, as JSON number text.
    Number(Cow<'v, str>),
    /// A hexadecimal or octal number beyond what other programs read.
    TooLarge,
    /// Infinity, or not a number: JSON has neither.
    NotFinite,
    String,
}

impl<'v> Core<'v> {
    pub(super) fn of(value: &'v str) -> Self {
        match value {
            "" | "~" | "null" | "Null" | "NULL" => Self::Null,
            "true" | "True" | "TRUE" => Self::Bool(true),
            "false" | "False" | "FALSE" => Self::Bool(false),
            _ if starts_like_a_number(value) => Self::of_number(value),
            _ => Self::String,
        }
    }

    fn of_number(value: &'v str) -> Self {
        if is_number(value) {
            return Self::Number(Cow::Borrowed(value));
        }
        if let Some(digits) = value.strip_prefix("0x") {
            return Self::of_digits(digits, 16);
        }
        if let Some(digits) = value.strip_prefix("0o") {
            return Self::of_digits(digits, 8);
        }
        let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
        if matches!(unsigned, ".inf" | ".Inf" | ".INF") || is_nan(value) {
            return Self::NotFinite;
        }
        match Decimal::parse(value) {
            Some(decimal) => Self::Number(Cow::Owned(decimal.to_json())),
            None => Self::String,
        }
    }

    fn of_digits(digits: &str, radix: u32) -> Self {
        if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
            return Self::String;
        }
        match u128::from_str_radix(digits, radix) {
            Ok(number) => Self::Number(Cow::Owned(number.to_string())),
            Err(_) => Self::TooLarge,
        }
    }

    /// The meaning in words; `value` is the scalar.
    fn words(&self, value: &str) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => format!("the number {number}"),
            Self::TooLarge => "a very large number".to_owned(),
            Self::NotFinite if is_nan(value) => "no number".to_owned(),
            Self::NotFinite => "an infinite number".to_owned(),
            Self::String => string(value),
        }
    }
}

fn string(value: &str) -> String {
    format!("the string {}", in_quotes(value))
}

fn is_nan(value: &str) -> bool {
    matches!(value, ".nan" | ".NaN" | ".NAN")
}

/// The parts of a decimal number in the notation of the core schema.
struct Decimal<'v> {
    sign: &'v str,
    whole: &'v str,
    /// The digits after the point, if there is one.
    fraction: Option<&'v str>,
    /// All after the `e`, if there is one.
    exponent: Option<&'v str>,
}

impl<'v> Decimal<'v> {
    fn parse(value: &'v str) -> Option<Self> {
        let sign_len = usize::from(value.starts_with(['-', '+']));
        let (sign, rest) = value.split_at(sign_len);
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (rest, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let exponent_holds = exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        });
        let some_digit = !whole.is_empty() || fraction.is_some_and(|digits| !digits.is_empty());
        let holds = some_digit && digits(whole) && fraction.is_none_or(digits) && exponent_holds;
        holds.then_some(Self { sign, whole, fraction, exponent })
    }

    fn to_json(&self) -> String {
        let sign = if self.sign == "-" { "-" } else { "" };
        let whole = match self.whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let mut text = format!("{sign}{whole}");
        if let Some(fraction) = self.fraction {
            text = text + "." + if fraction.is_empty() { "0" } else { fraction };
        }
        if let Some(exponent) = self.exponent {
            text = text + "e" + exponent;
        }
        text
    }
}

/// What the tag before a scalar asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tagged {
    No,
    String,
    Int,
    Float,
    Bool,
    Null,
}

impl Tagged {
    /// The tag, if it is one that a scalar of the core schema can have. `!` alone makes a string.
    pub(super) fn of(tag: &Tag, written: &[u8]) -> Option<Self> {
        Some(match tag.core_suffix() {
            Some("str") => Self::String,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("bool") => Self::Bool,
            Some("null") => Self::Null,
            _ if written == b"!" => Self::String,
            _ => return None,
        })
    }

    /// Whether a quoted scalar with this tag is a string.
    pub(super) const fn is_string(self) -> bool {
        matches!(self, Self::No | Self::String)
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::No | Self::String => "a string",
            Self::Int => "an integer",
            Self::Float => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
        }
    }

    /// What the scalar is under this tag; [`Core::String`] if it is not what the tag asks for.
    pub(super) fn resolve(self, value: &str) -> Core<'_> {
        let core = Core::of(value);
        let fits = match self {
            Self::No => true,
            Self::String => false,
            Self::Int => {
                value.starts_with("0x") || !value.contains(['.', 'e', 'E']) && !is_nothing(&core)
            }
            Self::Float => !is_nothing(&core),
            Self::Bool => matches!(core, Core::Bool(_)),
            Self::Null => core == Core::Null,
        };
        if fits { core } else { Core::String }
    }
}

const fn is_nothing(core: &Core<'_>) -> bool {
    matches!(core, Core::Null | Core::Bool(_))
}

/// What the two versions of YAML make of a plain scalar, where they differ or JSON has no form for
/// it: what is read here, and elsewhere.
pub(super) fn ambiguity(core: &Core<'_>, value: &str) -> Option<(String, String)> {
    let elsewhere = match core {
        // Both versions read `.inf` as infinity. JSON has no such number, so it is the text here.
        Core::Null | Core::Bool(_) | Core::TooLarge | Core::NotFinite => return None,
        Core::Number(_) => number_elsewhere(value)?,
        Core::String => string_elsewhere(value)?,
    };
    Some((core.words(value), elsewhere))
}

/// What a YAML reader makes of a plain key, where that is not a string.
pub(super) fn key_elsewhere(value: &str) -> Option<String> {
    match Core::of(value) {
        // One letter is a common key, and PyYAML reads it as text, as `pyyaml.tsv` shows. Only parsers that follow YAML 1.1 to the
        // letter do not.
        Core::String if matches!(value, "y" | "Y" | "n" | "N") => None,
        Core::String => string_elsewhere(value),
        core => Some(core.words(value)),
    }
}

/// What a YAML 1.1 reader makes of a scalar that is a number in YAML 1.2.
fn number_elsewhere(value: &str) -> Option<String> {
    if value.starts_with("0o") {
        return Some(string(value));
    }
    if value.starts_with("0x") {
        return None;
    }
    let (sign, body) = split_sign(value);
    if body.bytes().all(|byte| byte.is_ascii_digit()) {
        if body.len() == 1 || !body.starts_with('0') {
            return None;
        }
        if body.contains(['8', '9']) {
            return Some(string(value));
        }
        // An octal number, which only below eight is what it looks like.
        let small = body.trim_start_matches('0').len() <= 1;
        return (!small).then(|| integer(sign, &body[1..], 8));
    }
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (body, "+"),
    };
    // YAML 1.1 wants a point, a sign in the exponent, and a digit between sign and point.
    let is_float = mantissa.contains('.')
        && exponent.starts_with(['-', '+'])
        && (value.len() == body.len() || !body.starts_with('.'));
    (!is_float).then(|| string(value))
}

/// What a YAML 1.1 reader makes of a scalar that is a string in YAML 1.2.
fn string_elsewhere(value: &str) -> Option<String> {
    let words = |text: &str| Some(text.to_owned());
    match value {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return words("true"),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => return words("false"),
        "y" | "Y" => return words("true in some parsers"),
        "n" | "N" => return words("false in some parsers"),
        "=" => return words("the mark of a default value, which most readers refuse"),
        _ if !starts_like_a_number(value) => return None,
        _ => {}
    }
    let (sign, body) = split_sign(value);
    if let Some(digits) = body.strip_prefix("0b") {
        return all_of(digits, |byte| matches!(byte, b'0' | b'1' | b'_'))
            .then(|| integer(sign, digits, 2));
    }
    if let Some(digits) = body.strip_prefix("0x") {
        return all_of(digits, |byte| byte.is_ascii_hexdigit() || byte == b'_')
            .then(|| integer(sign, digits, 16));
    }
    if all_of(body, |byte| byte.is_ascii_digit() || byte == b'_') {
        return match body.as_bytes()[0] {
            b'_' => None,
            b'0' if body.contains(['8', '9']) => None,
            b'0' => Some(integer(sign, &body[1..], 8)),
            _ => Some(integer(sign, body, 10)),
        };
    }
    if is_timestamp(value) {
        return words(if value.len() == 10 { "a date" } else { "a date and time" });
    }
    base_60(sign, body).or_else(|| float_with_underscores(body).then(|| "a number".to_owned()))
}

fn split_sign(value: &str) -> (&str, &str) {
    match value.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", value.strip_prefix('+').unwrap_or(value)),
    }
}

fn all_of(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

/// An integer in words; underscores in it count for nothing.
fn integer(sign: &str, digits: &str, radix: u32) -> String {
    match u128::from_str_radix(&digits.replace('_', ""), radix) {
        Ok(number) => format!("the number {sign}{number}"),
        Err(_) => "a number".to_owned(),
    }
}

/// `10:30` is 630 to YAML 1.1. It wants no zero in front, but not all its readers insist.
fn base_60(sign: &str, body: &str) -> Option<String> {
    let (first, rest) = body.split_once(':')?;
    let starts_well = first.starts_with(|c: char| c.is_ascii_digit());
    if !starts_well || !all_of(first, |byte| byte.is_ascii_digit() || byte == b'_') {
        return None;
    }
    let (rest, is_float) = match rest.split_once('.') {
        Some((rest, fraction)) => {
            let digits = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
            (rest, digits.then_some(true)?)
        }
        None => (rest, false),
    };
    let mut total = first.replace('_', "").parse::<u128>().ok();
    for part in rest.split(':') {
        let digits = part.as_bytes();
        let fits = match digits {
            [units] => units.is_ascii_digit(),
            [tens, units] => matches!(tens, b'0'..=b'5') && units.is_ascii_digit(),
            _ => false,
        };
        let number = part.parse::<u128>().ok().filter(|_| fits)?;
        total = total.and_then(|total| total.checked_mul(60)?.checked_add(number));
    }
    Some(match total {
        _ if is_float => "a number in base 60".to_owned(),
        _ if first.starts_with('0') => "a number in base 60 in some parsers".to_owned(),
        Some(total) => format!("the number {sign}{total}"),
        None => "a number in base 60".to_owned(),
    })
}

fn float_with_underscores(body: &str) -> bool {
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let exponent_holds = exponent.is_none_or(|exponent| {
        exponent
            .strip_prefix(['-', '+'])
            .is_some_and(|digits| all_of(digits, |b| b.is_ascii_digit()))
    });
    let Some((whole, fraction)) = mantissa.split_once('.') else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let starts_well = whole.starts_with(|c: char| c.is_ascii_digit())
        || (whole.is_empty() && fraction.starts_with(|c: char| c.is_ascii_digit()));
    starts_well && digits(whole) && digits(fraction) && exponent_holds
}

/// `2011-05-19`, or with a time of day and an offset after it, by the type `timestamp` of YAML 1.1.
fn is_timestamp(value: &str) -> bool {
    let mut rest = value.as_bytes();
    let widths = [digits(&mut rest), dashed(&mut rest), dashed(&mut rest)];
    if rest.is_empty() {
        return widths == [4, 2, 2];
    }
    if widths[0] != 4 || widths[1..].iter().any(|width| !matches!(width, 1 | 2)) {
        return false;
    }
    let blanks = blanks(&mut rest);
    if blanks == 0 && !take(&mut rest, b"Tt") {
        return false;
    }
    let hours = digits(&mut rest);
    let sixties = [coloned(&mut rest), coloned(&mut rest)];
    if !matches!(hours, 1 | 2) || sixties != [2, 2] {
        return false;
    }
    if take(&mut rest, b".") {
        digits(&mut rest);
    }
    if rest.is_empty() {
        return true;
    }
    self::blanks(&mut rest);
    if take(&mut rest, b"Z") {
        return rest.is_empty();
    }
    take(&mut rest, b"+-")
        && matches!(digits(&mut rest), 1 | 2)
        && (rest.is_empty() || coloned(&mut rest) == 2 && rest.is_empty())
}

fn take(rest: &mut &[u8], any_of: &[u8]) -> bool {
    match rest.split_first() {
        Some((first, after)) if any_of.contains(first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}

fn count(rest: &mut &[u8], holds: impl Fn(&u8) -> bool) -> usize {
    let len = rest.iter().take_while(|byte| holds(byte)).count();
    *rest = &rest[len..];
    len
}

fn digits(rest: &mut &[u8]) -> usize {
    count(rest, u8::is_ascii_digit)
}

fn blanks(rest: &mut &[u8]) -> usize {
    count(rest, |byte| matches!(byte, b' ' | b'\t'))
}

fn dashed(rest: &mut &[u8]) -> usize {
    if take(rest, b"-") { digits(rest) } else { 0 }
}

fn coloned(rest: &mut &[u8]) -> usize {
    if take(rest, b":") { digits(rest) } else { 0 }
}

fn starts_like_a_number(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
}
