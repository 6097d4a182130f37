//! The names of months and weekdays in the three working languages that the records use.

use std::fmt;

use jiff::civil::Weekday;

/// A language in which dates are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::French, Self::Spanish];
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::English => "English",
            Self::French => "French",
            Self::Spanish => "Spanish",
        })
    }
}

/// The months, January first. No name belongs to two languages.
const MONTHS: [[&str; 12]; 3] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// The weekdays, Monday first. No name belongs to two languages.
const WEEKDAYS: [[&str; 7]; 3] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
];

/// The name of `weekday`, as the language writes it inside a sentence.
#[must_use]
pub fn weekday_name(weekday: Weekday, language: Language) -> &'static str {
    WEEKDAYS[language as usize][usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}

/// The name of the month `month`, counted from 1, as the language writes it inside a sentence.
#[must_use]
pub fn month_name(month: i8, language: Language) -> Option<&'static str> {
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    MONTHS[language as usize].get(index).copied()
}

/// The weekday that `word` names, in any case and with or without accents. Abbreviations are not
/// names: `mar` is a Tuesday in French and the beginning of a month in English.
#[must_use]
pub fn weekday(word: &str) -> Option<(Weekday, Language)> {
    if !may_be_named(word, &WEEKDAYS_AT_ONCE) {
        return None;
    }
    let (index, language) = lookup(&WEEKDAYS, word)?;
    Some((Weekday::from_monday_zero_offset(index).ok()?, language))
}

/// The month that `word` names, counted from 1, in any case and with or without accents.
#[must_use]
pub fn month(word: &str) -> Option<(i8, Language)> {
    if !may_be_named(word, &MONTHS_AT_ONCE) {
        return None;
    }
    let found = lookup(&MONTHS, word).map(|(index, language)| (index + 1, language));
    // The other spelling that the Royal Spanish Academy accepts.
    found.or_else(|| is(word, "setiembre").then_some((9, Language::Spanish)))
}

/// Whether `word` is `name`, case and accents aside.
#[inline]
pub(super) fn is(word: &str, name: &str) -> bool {
    // No letter of ASCII becomes another one, and most words begin with another one than the name.
    let firsts = word.as_bytes().first().zip(name.as_bytes().first());
    if firsts.is_some_and(|(a, b)| a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(b)) {
        return false;
    }
    // Of words without an accent most are of another length.
    if word.len() == name.len() && word.eq_ignore_ascii_case(name) {
        return true;
    }
    if word.is_ascii() && name.is_ascii() {
        return false;
    }
    folded(word).eq(folded(name))
}

/// For each length, the first letters of the names of a table that have this length without their accents, each a bit.
type Firsts = [u32; LONGEST + 1];

/// No name of the calendar has more letters.
const LONGEST: usize = 10;

const MONTHS_AT_ONCE: Firsts = {
    let mut firsts = firsts(&MONTHS);
    // See `month`.
    firsts["setiembre".len()] |= first_bit(b's');
    firsts
};

const WEEKDAYS_AT_ONCE: Firsts = firsts(&WEEKDAYS);

const fn firsts<const N: usize>(table: &[[&str; N]; 3]) -> Firsts {
    let mut firsts = [0; LONGEST + 1];
    let mut at = 0;
    while at < 3 * N {
        let name = table[at / N][at % N].as_bytes();
        let (mut letters, mut byte) = (0, 0);
        while byte < name.len() {
            letters += (name[byte] & 0xC0 != 0x80) as usize;
            byte += 1;
        }
        firsts[letters] |= first_bit(name[0]);
        at += 1;
    }
    firsts
}

/// The bit of a first letter: the same for both cases.
const fn first_bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// Whether `word` may be a name of a table. Of most words length and first letter show that they are none.
fn may_be_named(word: &str, names: &Firsts) -> bool {
    let is_one =
        |first: &u8| names.get(word.len()).is_some_and(|firsts| firsts & first_bit(*first) != 0);
    // Accents have bytes of their own.
    !word.is_ascii() || word.as_bytes().first().is_some_and(is_one)
}

fn lookup<const N: usize>(table: &[[&str; N]; 3], word: &str) -> Option<(i8, Language)> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    for language in Language::ALL {
        for (index, name) in (0..).zip(table[language as usize]) {
            // Every name begins with an ASCII letter, which rules out most words at once.
            if name.as_bytes()[0].to_ascii_lowercase() == first && is(word, name) {
                return Some((index, language));
            }
        }
    }
    None
}

/// The letters of `word` in lower case and without the accents of French and Spanish.
fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !is_accent(*c)).map(|c| match c.to_lowercase().next().unwrap_or(c) {
        'à' | 'á' | 'â' => 'a',
        'è' | 'é' | 'ê' => 'e',
        'í' | 'î' => 'i',
        'ó' | 'ô' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        lower => lower,
    })
}

/// Whether `c` is a combining accent, as decomposed text (Unicode NFD) has them.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_in_any_case() {
        for language in Language::ALL {
            for number in 1..=12 {
                let name = month_name(number, language).unwrap();
                assert_eq!(month(name), Some((number, language)));
                assert_eq!(month(&name.to_uppercase()), Some((number, language)));
            }
            for offset in 0..7 {
                let day = Weekday::from_monday_zero_offset(offset).unwrap();
                let name = weekday_name(day, language);
                assert_eq!(weekday(name), Some((day, language)));
                assert_eq!(weekday(&name.to_uppercase()), Some((day, language)));
            }
        }
    }

    #[test]
    fn accents_may_be_left_out_or_decomposed() {
        assert_eq!(month("aout"), Some((8, Language::French)));
        assert_eq!(month("FEVRIER"), Some((2, Language::French)));
        assert_eq!(month("de\u{301}cembre"), Some((12, Language::French)));
        assert_eq!(weekday("miercoles"), Some((Weekday::Wednesday, Language::Spanish)));
        assert_eq!(month("setiembre"), Some((9, Language::Spanish)));
    }

    #[test]
    fn every_name_is_known_at_once_with_and_without_accents() {
        let plain = |name: &str| folded(name).collect::<String>();
        for name in MONTHS.iter().flatten().chain(&["setiembre"]) {
            assert!(may_be_named(&plain(name), &MONTHS_AT_ONCE), "{name}");
        }
        for name in WEEKDAYS.iter().flatten() {
            assert!(may_be_named(&plain(name), &WEEKDAYS_AT_ONCE), "{name}");
        }
    }

    #[test]
    fn parts_and_relatives_of_names_are_not_names() {
        for word in ["", "Mon", "Mar", "Thursdays", "Marche", "Mayor", "Sept", "é", "5"] {
            assert_eq!(month(word), None, "{word}");
            assert_eq!(weekday(word), None, "{word}");
        }
        assert_eq!(month_name(0, Language::English), None);
        assert_eq!(month_name(13, Language::English), None);
        assert_eq!(month_name(-1, Language::English), None);
    }
}
