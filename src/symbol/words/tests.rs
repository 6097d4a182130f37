use proptest::prelude::*;

use super::*;

const LISTS: [(&str, &Words); 9] = [
    ("resolution", &RESOLUTION),
    ("decision", &DECISION),
    ("number", &NUMBER),
    ("of", &OF),
    ("joining", &JOINING),
    ("small", &SMALL),
    ("bodies", &BODIES),
    ("short bodies", &SHORT_BODIES),
    ("organ ends", &ORGAN_ENDS),
];

/// What a list holds, without any way to see it at once.
fn is_among(word: &str, list: &Words) -> bool {
    list.words.iter().any(|one| word.chars().flat_map(char::to_lowercase).eq(one.chars()))
}

#[test]
fn the_ends_of_all_organs_are_known() {
    for (name, _) in ORGANS {
        assert!(ORGAN_ENDS.words.contains(name.last().unwrap()), "{name:?}");
    }
    for end in ORGAN_ENDS.words {
        assert!(ORGANS.iter().any(|(name, _)| name.last() == Some(end)), "{end}");
    }
}

#[test]
fn no_small_word_is_longer_than_the_longest() {
    let longest = SMALL.words.iter().map(|word| word.len()).max();
    assert_eq!(longest, Some(LONGEST_SMALL_WORD));
}

#[test]
fn no_letter_of_the_lists_has_a_capital_of_another_length() {
    let words = LISTS.iter().flat_map(|(_, list)| list.words.iter());
    let words = words.chain(ORGANS.iter().flat_map(|(name, _)| name.iter()));
    let letters: Vec<char> = words.flat_map(|word| word.chars()).collect();
    for c in ('\0'..=char::MAX).filter(|c| !c.is_ascii()) {
        let mut lower = c.to_lowercase();
        if let (Some(one), None) = (lower.next(), lower.next())
            && letters.contains(&one)
        {
            assert_eq!(c.len_utf8(), one.len_utf8(), "{c}");
            assert_eq!(
                first_bit(c.to_string().as_bytes()[0]),
                first_bit(one.to_string().as_bytes()[0])
            );
        }
    }
}

proptest! {
    #[test]
    fn words_are_found_in_any_case_and_no_others(
        which in 0..LISTS.len(),
        from in 0..LISTS.len(),
        pick in any::<prop::sample::Index>(),
        capitals in any::<u32>(),
        change in prop::option::of(("[a-zé’'İK°]", any::<prop::sample::Index>())),
    ) {
        let (name, list) = LISTS[which];
        let words = LISTS[from].1.words;
        let word = words[pick.index(words.len())];
        let mut word: Vec<String> = word.chars().enumerate().map(|(at, c)| {
            if capitals >> (at % 32) & 1 == 1 { c.to_uppercase().to_string() } else { c.to_string() }
        }).collect();
        if let Some((letter, at)) = change {
            let at = at.index(word.len());
            word[at] = letter;
        }
        let word = word.concat();
        prop_assert_eq!(list.has(&word), is_among(&word, list), "{} in {}", word, name);
    }

    #[test]
    fn a_word_ends_at_the_first_character_that_is_in_none(text in "[a-zA-Z0-9é’'°º .,\u{301}]{0,12}") {
        let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
        prop_assert_eq!(word_len(&text), end);
    }
}
