//! Names of Member States of the United Nations that are short or former forms of the official one.

use jiff::civil::{Date, date};

/// A name that is not the official one.
#[derive(Debug)]
struct Informal {
    /// In small letters.
    name: &'static str,
    /// The name in the list of Member States.
    official: &'static str,
    /// A day from which the official name is certainly in use; none where the other name was never official.
    from: Option<(i16, i8, i8)>,
}

const fn always(name: &'static str, official: &'static str) -> Informal {
    Informal { name, official, from: None }
}

const fn since(
    (year, month, day): (i16, i8, i8),
    name: &'static str,
    official: &'static str,
) -> Informal {
    Informal { name, official, from: Some((year, month, day)) }
}

/// Well-known short and former names, sorted. The official names are those of the list of Member States (un.org, "Member States") and
/// of the Standard Country or Area Codes for Statistical Use (M49), in English. Neither was at hand in full: what is here is common
/// knowledge, held against copies of M49 of the years 2022 to 2026 in public programs. The days are on purpose some weeks
/// or months later than the changes, because documents in print kept the earlier name: Türkiye changed in June 2022, North
/// Macedonia in February 2019, Eswatini in April 2018, Czechia in May 2016, Cabo Verde in October 2013, Libya in September 2011, and the
/// Netherlands in the course of 2023.
const INFORMAL: &[Informal] = &[
    since((2009, 7, 1), "bolivia", "Bolivia (Plurinational State of)"),
    since((1993, 1, 1), "bosnia", "Bosnia and Herzegovina"),
    since((1993, 1, 1), "bosnia & herzegovina", "Bosnia and Herzegovina"),
    since((1993, 1, 1), "bosnia-herzegovina", "Bosnia and Herzegovina"),
    always("brunei", "Brunei Darussalam"),
    since((1990, 1, 1), "burma", "Myanmar"),
    since((1992, 1, 1), "byelorussia", "Belarus"),
    since((2014, 1, 1), "cape verde", "Cabo Verde"),
    since((1973, 1, 1), "ceylon", "Sri Lanka"),
    since((1986, 1, 1), "cote d'ivoire", "Côte d’Ivoire"),
    since((2016, 9, 1), "czech republic", "Czechia"),
    since((1976, 1, 1), "dahomey", "Benin"),
    since((1998, 1, 1), "democratic republic of congo", "Democratic Republic of the Congo"),
    always("dprk", "Democratic People’s Republic of Korea"),
    since((1998, 1, 1), "dr congo", "Democratic Republic of the Congo"),
    since((1998, 1, 1), "drc", "Democratic Republic of the Congo"),
    since((2003, 1, 1), "east timor", "Timor-Leste"),
    always("great britain", "United Kingdom of Great Britain and Northern Ireland"),
    always("guinea bissau", "Guinea-Bissau"),
    since((2024, 1, 1), "holland", "Netherlands (Kingdom of the)"),
    since((1990, 1, 1), "iran", "Iran (Islamic Republic of)"),
    since((1986, 1, 1), "ivory coast", "Côte d’Ivoire"),
    since((1977, 1, 1), "laos", "Lao People’s Democratic Republic"),
    since((2012, 1, 1), "libyan arab jamahiriya", "Libya"),
    since((2019, 6, 1), "macedonia", "North Macedonia"),
    always("micronesia", "Micronesia (Federated States of)"),
    always("moldova", "Republic of Moldova"),
    since((2024, 1, 1), "netherlands", "Netherlands (Kingdom of the)"),
    always("north korea", "Democratic People’s Republic of Korea"),
    always("russia", "Russian Federation"),
    always("south korea", "Republic of Korea"),
    always("st kitts and nevis", "Saint Kitts and Nevis"),
    always("st lucia", "Saint Lucia"),
    always("st vincent and the grenadines", "Saint Vincent and the Grenadines"),
    always("st. kitts and nevis", "Saint Kitts and Nevis"),
    always("st. lucia", "Saint Lucia"),
    always("st. vincent and the grenadines", "Saint Vincent and the Grenadines"),
    since((2018, 9, 1), "swaziland", "Eswatini"),
    since((1973, 1, 1), "syria", "Syrian Arab Republic"),
    since((1965, 1, 1), "tanzania", "United Republic of Tanzania"),
    since((2019, 6, 1), "the former yugoslav republic of macedonia", "North Macedonia"),
    since((2024, 1, 1), "the netherlands", "Netherlands (Kingdom of the)"),
    since((2003, 1, 1), "timor leste", "Timor-Leste"),
    since((2022, 9, 1), "turkey", "Türkiye"),
    since((2022, 9, 1), "turkiye", "Türkiye"),
    always("u.k.", "United Kingdom of Great Britain and Northern Ireland"),
    always("u.s.a.", "United States of America"),
    always("uae", "United Arab Emirates"),
    always("uk", "United Kingdom of Great Britain and Northern Ireland"),
    since((1985, 1, 1), "upper volta", "Burkina Faso"),
    always("usa", "United States of America"),
    since((2007, 1, 1), "venezuela", "Venezuela (Bolivarian Republic of)"),
    always("vietnam", "Viet Nam"),
    since((1998, 1, 1), "western samoa", "Samoa"),
    since((1998, 1, 1), "zaire", "Democratic Republic of the Congo"),
];

/// Names that only their accents tell from the official ones.
const UNACCENTED: [&str; 2] = ["cote d'ivoire", "turkiye"];

/// No name in the list is longer, in bytes.
const LONGEST: usize = 48;

/// The official name of the Member State that a text names in another way, on this day; without a day only where the other name was never
/// official. Nothing for every text that the list does not have.
#[must_use]
pub fn official_name(name: &str, on: Option<Date>) -> Option<&'static str> {
    let name = name.trim();
    if name.len() > LONGEST {
        return None;
    }
    // Capitals are printed without accents: COTE D'IVOIRE.
    let in_capitals = !name.contains(char::is_lowercase);
    let name = name.to_lowercase().replace('’', "'");
    if in_capitals && UNACCENTED.contains(&name.as_str()) {
        return None;
    }
    let at = INFORMAL.binary_search_by_key(&name.as_str(), |one| one.name).ok()?;
    let found = &INFORMAL[at];
    let holds = found.from.is_none_or(|(y, m, d)| on.is_some_and(|on| on >= date(y, m, d)));
    holds.then_some(found.official)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_in_small_letters() {
        assert!(INFORMAL.windows(2).all(|pair| pair[0].name < pair[1].name));
        for one in INFORMAL {
            assert_eq!(one.name, one.name.to_lowercase());
            assert!(one.name.len() <= LONGEST && one.official.len() > 3);
            assert_eq!(
                official_name(one.official, Some(date(2026, 1, 1))),
                None,
                "{}",
                one.official
            );
        }
    }

    #[test]
    fn a_name_holds_from_its_day_on() {
        let of = |name, on| official_name(name, Some(on));
        assert_eq!(of("Turkey", date(2011, 5, 19)), None);
        assert_eq!(of("Turkey", date(2022, 6, 30)), None);
        assert_eq!(of("TURKEY", date(2023, 5, 19)), Some("Türkiye"));
        assert_eq!(of("Netherlands", date(2022, 5, 19)), None);
        assert_eq!(of("Cote d’Ivoire", date(2022, 5, 19)), Some("Côte d’Ivoire"));
        assert_eq!(of("Turkiye", date(2023, 5, 19)), Some("Türkiye"));
        assert_eq!(of("TURKIYE", date(2023, 5, 19)), None);
        assert_eq!(of("COTE D'IVOIRE", date(2023, 5, 19)), None);
        assert_eq!(official_name("Turkey", None), None);
        assert_eq!(official_name(" Russia ", None), Some("Russian Federation"));
    }

    #[test]
    fn official_formal_and_unknown_names_are_right() {
        for name in [
            "Türkiye",
            "Côte d'Ivoire",
            "Kingdom of the Netherlands",
            "Iran (Islamic Republic of)",
            "Republic of Kenya",
            "United States",
            "European Union",
            "Turkey on behalf of a group",
            "Georgia",
            "",
        ] {
            assert_eq!(official_name(name, Some(date(2026, 1, 1))), None, "{name}");
        }
    }
}
