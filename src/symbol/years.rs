//! Which Security Council resolutions were adopted in which year.
//!
//! Numbers run without a gap from 1 (25 January 1946), so that the last number of each year is
//! enough. Checked in November 2026: the last numbers of 2000 to 2019, 2022 and, by the first numbers
//! of the years after, of 2020, 2021 and 2025 against the metadata that the Department for General
//! Assembly and Conference Management publishes of the resolutions (2000 onwards); 1990 and 1992 to
//! 1999 against a list made from the Council's yearly tables; the counts of 1987 to 1994 against the
//! "Voting Practices in the United Nations" report for 1994 of the United States Department of State;
//! the total of 646 to the end of 1989 and of 2721 to the end of 2023 against the Corpus of
//! Resolutions: UN Security Council (Fobbe, Gasbarri, Ridi); 2722 as the first of 2024 against its
//! text. For 1946 to 1986 the dates of single resolutions next to a turn of the year were checked
//! (15, 37, 100, 101, 171, 199, 244, 301, 302, 402, 403, 484, 501), not every year.

/// The last year whose resolutions are all known here.
pub const SC_LAST_YEAR: u16 = 2025;

const FIRST_YEAR: u16 = 1946;

/// The last number of each year from 1946.
const LAST: [u16; 80] = [
    15, 37, 66, 78, // 1946-1949
    89, 96, 98, 103, 105, 110, 121, 126, 131, 132, // 1950-1959
    160, 170, 177, 185, 199, 219, 232, 244, 262, 275, // 1960-1969
    291, 307, 324, 344, 366, 384, 402, 422, 443, 461, // 1970-1979
    484, 499, 528, 545, 559, 580, 593, 606, 626, 646, // 1980-1989
    683, 725, 799, 892, 969, 1035, 1092, 1146, 1219, 1284, // 1990-1999
    1334, 1386, 1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907, // 2000-2009
    1966, 2032, 2085, 2132, 2195, 2259, 2336, 2397, 2451, 2503, // 2010-2019
    2560, 2617, 2671, 2721, 2767, 2811, // 2020-2025
];

/// The number of the last resolution of [`SC_LAST_YEAR`].
pub const SC_LAST_NUMBER: u16 = LAST[LAST.len() - 1];

/// The year in which the Security Council adopted resolution `number`; `None` for 0 and for numbers
/// after [`SC_LAST_YEAR`], of which nothing can be said.
#[must_use]
pub fn sc_year_of(number: u32) -> Option<u16> {
    let number = u16::try_from(number).ok().filter(|n| *n > 0)?;
    let index = LAST.partition_point(|last| *last < number);
    (index < LAST.len()).then(|| FIRST_YEAR + index as u16)
}

/// The numbers of the resolutions that the Security Council adopted in `year`, first and last.
#[must_use]
pub fn sc_numbers_of(year: u16) -> Option<std::ops::RangeInclusive<u16>> {
    let index = usize::from(year.checked_sub(FIRST_YEAR)?);
    let last = *LAST.get(index)?;
    let first = if index == 0 { 1 } else { LAST[index - 1] + 1 };
    Some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reaches_the_last_year_and_only_grows() {
        assert_eq!(FIRST_YEAR as usize + LAST.len() - 1, SC_LAST_YEAR as usize);
        assert!(LAST.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_year_begins_after_the_last_number_of_the_year_before() {
        for (number, year) in [
            (1, 1946),
            (15, 1946),
            (16, 1947),
            (100, 1953),
            (132, 1959),
            (170, 1961),
            (171, 1962),
            (242, 1967),
            (244, 1967),
            (338, 1973),
            (402, 1976),
            (403, 1977),
            (425, 1978),
            (484, 1980),
            (500, 1982),
            (598, 1987),
            (687, 1991),
            (1284, 1999),
            (1285, 2000),
            (1325, 2000),
            (1334, 2000),
            (1973, 2011),
            (2334, 2016),
            (2503, 2019),
            (2504, 2020),
            (2560, 2020),
            (2561, 2021),
            (2667, 2022),
            (2721, 2023),
            (2722, 2024),
            (2768, 2025),
            (2811, 2025),
        ] {
            assert_eq!(sc_year_of(number), Some(year), "{number}");
        }
        assert_eq!(sc_year_of(0), None);
        assert_eq!(sc_year_of(2812), None);
        assert_eq!(sc_year_of(70_000), None);
    }

    #[test]
    fn the_numbers_of_a_year_are_those_that_lead_back_to_it() {
        assert_eq!(sc_numbers_of(1946), Some(1..=15));
        assert_eq!(sc_numbers_of(1959), Some(132..=132));
        assert_eq!(sc_numbers_of(2011), Some(1967..=2032));
        assert_eq!(sc_numbers_of(1945), None);
        assert_eq!(sc_numbers_of(2026), None);
        for year in FIRST_YEAR..=SC_LAST_YEAR {
            for number in sc_numbers_of(year).unwrap() {
                assert_eq!(sc_year_of(u32::from(number)), Some(year));
            }
        }
    }
}
