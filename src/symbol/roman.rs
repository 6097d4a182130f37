//! Roman numerals, as sessions are numbered in symbols up to 1975.

const DIGITS: [(u16, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The value of a canonical roman numeral from I to MMMCMXCIX; `None` for anything else, such as
/// `IIII` or `VX`.
#[must_use]
pub fn parse_roman(text: &str) -> Option<u16> {
    let mut rest = text;
    let mut value = 0;
    for (worth, digits) in DIGITS {
        let most = if digits.len() == 1 && !matches!(worth, 500 | 50 | 5) { 3 } else { 1 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(digits) else {
                break;
            };
            rest = after;
            value += worth;
        }
    }
    // Subtractive pairs exclude some followers (`IXI`), which writing the value again shows.
    (value > 0 && rest.is_empty() && to_roman(value) == text).then_some(value)
}

/// The canonical roman numeral of `value`; empty for 0.
#[must_use]
pub fn to_roman(value: u16) -> String {
    let mut left = value;
    let mut text = String::new();
    for (worth, digits) in DIGITS {
        while left >= worth {
            text.push_str(digits);
            left -= worth;
        }
    }
    text
}

/// The value that a reader would give to a numeral that is not canonical, such as `IIII`: digits
/// before a greater one are taken off, all others are added. `None` where that is no guess at all.
pub(super) fn guess_roman(text: &str) -> Option<u16> {
    let worth = |digit: u8| match digit.to_ascii_uppercase() {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        _ => None,
    };
    if text.len() > 8 {
        return None;
    }
    let worths: Vec<i32> = text.bytes().map(worth).collect::<Option<_>>()?;
    let signed = worths.iter().enumerate().map(|(index, worth)| {
        let next = worths.get(index + 1).copied().unwrap_or(0);
        if *worth < next { -worth } else { *worth }
    });
    u16::try_from(signed.sum::<i32>()).ok().filter(|value| *value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_read_back_from_its_numeral() {
        for value in 1..4000 {
            assert_eq!(parse_roman(&to_roman(value)), Some(value));
        }
    }

    #[test]
    fn numerals_that_are_not_canonical_have_no_value() {
        for text in ["", "IIII", "VX", "IXI", "XXXXX", "iv", "IVI", "A", "XLX", "VV"] {
            assert_eq!(parse_roman(text), None, "{text}");
        }
        assert_eq!(guess_roman("IIII"), Some(4));
        assert_eq!(guess_roman("XXXX"), Some(40));
        assert_eq!(guess_roman("XYZ"), None);
    }
}
