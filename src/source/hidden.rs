//! Characters that a reader does not see, made visible wherever text is shown.

use std::borrow::Cow;

/// `text` with every character that could move a terminal's cursor, change its state, reorder the line or hide in it
/// replaced by visible ones of the same length in bytes, so that offsets still hold.
///
/// Replaced are the C0 and C1 controls except tab and line feed, the line and paragraph separators, and the characters that
/// Unicode lets a program ignore, such as the bidirectional formatting characters, the soft hyphen and the zero width space.
/// The two joiners stay in the scripts that are written with them.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    // Most texts have none. All of ASCII that hides is a control.
    if !marked(text).any(|(_, is_hidden)| is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (c, is_hidden) in marked(text) {
        match c {
            c if !is_hidden => shown.push(c),
            // The first half of a CRLF line break: drawn as nothing.
            '\r' => shown.push(' '),
            c => shown.push_str(MARKS[c.len_utf8() - 1]),
        }
    }
    Cow::Owned(shown)
}

/// What is shown for a hidden character, by its length in bytes. No character of four bytes is in most fonts.
const MARKS: [&str; 4] = [".", "·", "\u{FFFD}", "\u{FFFD}."];

/// `text` on one line: hidden characters and line breaks alike made visible.
#[must_use]
pub fn visible_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if shown.contains(['\n', '\t']) => Cow::Owned(shown.replace(['\n', '\t'], " ")),
        shown => shown,
    }
}

/// The characters of `text`, each with whether it is hidden.
pub fn marked(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut last = '\0';
    text.chars().map(move |c| {
        let before = std::mem::replace(&mut last, c);
        (c, is_hidden(c) && !is_joiner(before, c) && !is_of_emoji(before, c))
    })
}

fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\t' && c != '\n';
    }
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{2029}' | '\u{FFF9}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}')
        || is_ignorable(c)
}

/// Whether Unicode 17 lets a program that cannot show the character show nothing: `Default_Ignorable_Code_Point` in
/// `DerivedCoreProperties.txt`.
const fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether `c` joins or parts letters of a script that is written so, after `before`: Persian, Hindi, Sinhala and others
/// spell words with the joiners (RFC 5892, appendix A), and a mark in the midst of them would spell another word.
const fn is_joiner(before: char, c: char) -> bool {
    let has_joiners = matches!(
        before,
        // Arabic, Syriac and their supplements; the scripts of South Asia, Tibet and Burma; Khmer; Mongolian.
        '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
    );
    matches!(c, '\u{200C}' | '\u{200D}') && has_joiners && !is_ignorable(before)
}

/// Whether `c` is part of an emoji that `before` begins: the joiner of several, or the selector of the coloured form
/// (Unicode Technical Standard 51).
const fn is_of_emoji(before: char, c: char) -> bool {
    let is_symbol = matches!(
        before,
        '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
            | '\u{1F000}'..='\u{1FAFF}'
    );
    match c {
        '\u{200D}' => is_symbol || before == '\u{FE0F}',
        '\u{FE0E}' | '\u{FE0F}' => is_symbol,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_bidirectional_characters_become_visible_in_place() {
        let hostile = "a\u{1b}[31m\u{202e}b\u{9b}\tc\r\n";
        let shown = visible(hostile);
        assert_eq!(shown, "a.[31m\u{FFFD}b·\tc \n");
        assert_eq!(shown.len(), hostile.len());
        assert!(matches!(visible("Kőrösi\n"), Cow::Borrowed(_)));
        assert_eq!(visible_line("a\nb"), "a b");
    }

    #[test]
    fn emoji_of_several_characters_stay_whole() {
        for text in ["👩\u{200D}👧", "❤\u{FE0F}\u{200D}🔥 A", "☎\u{FE0E}"] {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible("a\u{200D}b"), "a\u{FFFD}b");
        assert_eq!(visible("a\u{FE0F}b"), "a\u{FFFD}b");
    }

    #[test]
    fn characters_that_hide_become_visible_in_place() {
        for (hostile, shown) in [
            ("Ana Ru\u{200b}iz", "Ana Ru\u{FFFD}iz"),
            ("B\u{ad}c", "B·c"),
            ("tag\u{e0041}", "tag\u{FFFD}."),
            ("a\u{200d}b\u{2060}\u{feff}", "a\u{FFFD}b\u{FFFD}\u{FFFD}"),
            ("\u{3164}\u{fe0f}\u{180e}\u{34f}", "\u{FFFD}\u{FFFD}\u{FFFD}·"),
            ("\u{fff9}x\u{e0100}", "\u{FFFD}x\u{FFFD}."),
        ] {
            assert_eq!(visible(hostile), shown);
            assert_eq!(visible(hostile).len(), hostile.len());
        }
    }

    #[test]
    fn joiners_stay_in_the_scripts_that_are_spelt_with_them() {
        for name in ["علی\u{200c}رضا", "ශ්\u{200d}රී ලංකා", "क्\u{200d}ष"]
        {
            assert!(matches!(visible(name), Cow::Borrowed(_)), "{name}");
        }
        for name in ["An\u{200c}a", "\u{200d}a", "علی\u{200c}\u{200c}رضا", "علی \u{200c}رضا"]
        {
            assert_ne!(visible(name), name);
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_length_and_nothing_in_it_stays_hidden(text: String) {
            let shown = visible(&text);
            prop_assert_eq!(shown.len(), text.len());
            prop_assert_eq!(visible(&shown), shown.as_ref());
        }
    }
}
