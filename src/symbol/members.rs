//! How many Members the United Nations had.

/// The greatest number of Members in a year, from the years in which it changed: the admissions by year, less the States that
/// merged or left. Where both happened in one year, the greatest number of that year counts. The years to 1971 were looked up in
/// the Encyclopaedia Britannica ("Members of the United Nations"); those from 1973 on are from common knowledge.
const MEMBERS: [(i16, u32); 41] = [
    (1945, 51),
    (1946, 55),
    (1947, 57),
    (1948, 58),
    (1949, 59),
    (1950, 60),
    (1955, 76),
    (1956, 80),
    (1957, 82),
    (1960, 99),
    (1961, 104),
    (1962, 110),
    (1963, 113),
    (1964, 115),
    (1965, 117),
    (1966, 122),
    (1967, 123),
    (1968, 126),
    (1970, 127),
    (1971, 132),
    (1973, 135),
    (1974, 138),
    (1975, 144),
    (1976, 147),
    (1977, 149),
    (1978, 151),
    (1979, 152),
    (1980, 154),
    (1981, 157),
    (1983, 158),
    (1984, 159),
    (1990, 160),
    (1991, 166),
    (1992, 179),
    (1993, 184),
    (1994, 185),
    (1999, 188),
    (2000, 189),
    (2002, 191),
    (2006, 192),
    (2011, 193),
];

/// The greatest number of Members that the United Nations had in a year; `None` before 1945.
#[must_use]
pub fn members_in(year: i16) -> Option<u32> {
    let after = MEMBERS.partition_point(|(from, _)| *from <= year);
    MEMBERS.get(after.checked_sub(1)?).map(|(_, members)| *members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_year_is_that_of_the_last_change() {
        assert!(MEMBERS.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
        for (year, members) in [
            (1944, None),
            (1945, Some(51)),
            (1953, Some(60)),
            (1991, Some(166)),
            (2010, Some(192)),
            (2011, Some(193)),
            (2030, Some(193)),
        ] {
            assert_eq!(members_in(year), members, "{year}");
        }
    }
}
