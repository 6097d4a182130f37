use proptest::prelude::*;

use super::{Name, Verdict, compare, core, fold, honorific, is_placeholder, spelling};
use Verdict::{Different, PossibleTypo, Probable, Same, SurnameOnly, Weak};

#[track_caller]
fn holds(table: &[(&str, &str, Verdict)]) {
    for (a, b, verdict) in table {
        assert_eq!(compare(a, b), *verdict, "{a} / {b}");
        assert_eq!(compare(b, a), *verdict, "{b} / {a}");
    }
}

#[test]
fn names_of_the_records_of_real_meetings() {
    holds(&[
        ("Mr. William Swing", "William Lacy Swing", Probable),
        ("Sir Peter Sutherland", "Mr. Peter Sutherland", Same),
        ("Abdelhamid El Jamri", "Abdelhamid EL JAMRI", Same),
        ("Maria Fernanda Espinosa", "María Fernanda Espinosa Garcés", Probable),
        ("Göran Hultin", "Goran Hultin", Same),
        ("Lorena Escudero", "Maria Fernanda Espinosa", Different),
        ("Driss El Yazami", "Abdelhamid El Jamri", Different),
        ("Hor Namhong", "Namhong HOR", Same),
        ("Lucian Bolcas", "BOLCAS Lucian", Same),
        ("Néstor Kirchner", "Cristina Fernández de Kirchner", Different),
        ("Néstor Kirchner", "Cristina Kirchner", Different),
        ("J. Smith", "Jane Smith", Weak),
        ("Ban Ki-moon (TBC)", "H.E. Mr. Ban Ki-moon", Same),
        (
            "Carlso Alberto Wahnon de Carvalho Veiga",
            "Carlos Alberto Wahnon de Carvalho Veiga",
            PossibleTypo,
        ),
        (
            "Anthony Lake, in his capacity as Chair of the Global Migration Group",
            "Mr. Anthony Lake",
            Same,
        ),
        ("Vladimir Voronin", "Vladimir V. Putin", Different),
        ("AL-KHALI FA Ahmed", "AL-KHALIFA Ahmed", Same),
        ("Ahmed AL-KHALI FA", "Ahmed AL-KHALIFA", Same),
        ("King Juan Carlos", "Juan Carlos Wasmosy", Different),
    ]);
}

#[test]
fn case_accents_spaces_and_order_make_no_other_name() {
    holds(&[
        ("Rafael Fernández de Castro", "RAFAEL  FERNANDEZ DE CASTRO", Same),
        ("Søren Łukasz Đorđević", "Soren Lukasz Dordevic", Same),
        ("Jürgen Strauß", "Jurgen Strauss", Same),
        ("Ban Ki-moon", "BAN Ki Moon", Same),
        ("Ban Ki-moon", "Ban Kimoon", Same),
        ("Seán O’Brien", "Sean O'Brien", Same),
        ("Vuk Dra\u{9a}ković", "Vuk Draković", Same),
        ("José Ortega Y Gasset", "José Ortega y Gasset", Same),
        ("Khalid bin Ahmed Al-Khalifa", "Khalid Bin Ahmed Al Khalifa", Same),
        ("नरेन्द्र मोदी", "नरेन्द्र मादी", Different),
    ]);
}

#[test]
fn one_word_or_one_full_word_in_common_is_too_little() {
    holds(&[
        ("Mr. Swing", "William Swing", SurnameOnly),
        ("Mr. Kirchner", "Mrs. Kirchner", SurnameOnly),
        ("Al-Khalifa", "Khalid bin Ahmed Al-Khalifa", SurnameOnly),
        ("Mr. Swing", "Joseph Deiss", Different),
        ("W. Swing", "William Lacy Swing", Weak),
        ("W. L. Swing", "William Lacy Swing", Weak),
        ("William L. Swing", "William Lacy Swing", Probable),
        ("Lacy W. Swing", "William Lacy Swing", Probable),
        ("William B. Swing", "William Lacy Swing", Different),
        ("William Lacy", "William Lacy Swing", Probable),
        ("Li Na", "Li Na Wang", Weak),
    ]);
}

#[test]
fn numbers_report_bearers_of_one_name_apart() {
    holds(&[
        ("Abdullah Hussein II", "Abdullah Hussein III", Different),
        ("Abdullah Hussein II", "Abdullah Hussein", Probable),
        ("Hassan II", "Hassan III", Different),
    ]);
}

#[test]
fn a_letter_or_two_in_words_that_are_long_enough() {
    holds(&[
        ("Nadia Shafiq", "Nadia Shajfiq", PossibleTypo),
        ("Thetis Mangahas", "Thetis Mangahs", PossibleTypo),
        ("Anna Berg", "Anna Borg", Different),
        ("Anna Bergs", "Anna Borgs", PossibleTypo),
        ("Rania Haddad", "Rana Haddad", Different),
        ("Daniel Silva", "Daniela Silva", Different),
        ("Mario Espinosa", "Maria Espinosa", Different),
        ("Christian Meyer", "Christina Meyer", Different),
        ("Peter Gonzales", "Pedro Gonzales", Different),
        ("Anthony Chikkezzie", "Anthony Chikezie", PossibleTypo),
        ("Anthony Chikkeezzie", "Anthony Chikezie", Different),
        ("Elizabeth Jonson", "Elisabeth Johnson", PossibleTypo),
        ("김민수 박지은", "김민주 박지은", Different),
    ]);
}

#[test]
fn placeholders_are_no_persons() {
    for text in [
        "None",
        "unknown",
        "N.N.",
        "TBD",
        "tba",
        "Voice from the floor",
        "A representative",
        "n/a",
        "To be confirmed",
        "(TBC)",
        "à confirmer",
        "",
        "  ",
        "–",
        "?",
        "...",
        "Remote Attendance: M. Corby",
        "Remote Attendace: M. Corby",
    ] {
        assert!(is_placeholder(text), "{text}");
        assert_eq!(compare(text, text), Different, "{text}");
        assert!(Name::read(text).keys().is_empty(), "{text}");
    }
    for text in
        ["John None", "Carl A:son Lund", "Unknown Mortal", "Ban Ki-moon (TBC)", "Thant", "习近平"]
    {
        assert!(!is_placeholder(text), "{text}");
    }
}

#[test]
fn honorifics_are_found_as_far_as_a_name_is_left() {
    for (text, expected) in [
        ("H.E. Mr. Joseph Deiss", Some("H.E. Mr.")),
        ("H.E. Mr. Deiss", Some("H.E. Mr.")),
        ("H.E. Mr. Thetis W.", Some("H.E. Mr.")),
        ("H.E. The Honourable Dr. Swing", Some("H.E. The Honourable Dr.")),
        ("H. E. H.E. Joseph Deiss", Some("H. E. H.E.")),
        ("H.E.Mr. Joseph Deiss", Some("H.E.Mr.")),
        ("H. E. Mr. Joseph Deiss", Some("H. E. Mr.")),
        ("H. E. Joseph Deiss", None),
        ("Mr, Joseph Deiss", Some("Mr,")),
        ("  Dr. Khalid Koser", Some("Dr.")),
        ("Ambassador Eduard Gnesa", Some("Ambassador")),
        ("His Excellency Joseph Deiss", Some("His Excellency")),
        ("The Right Honourable Dame Anna Berg", Some("The Right Honourable Dame")),
        ("S.E. M. Jean Dupont", Some("S.E. M.")),
        ("S.E.M. Jean Dupont", Some("S.E.M.")),
        ("Excma. Sra. María Espinosa", Some("Excma. Sra.")),
        ("Embajador Claude Heller", Some("Embajador")),
        ("Sheikh Khalid Al-Khalifa", Some("Sheikh")),
        ("Mr. Swing", Some("Mr.")),
        ("M. Corby", None),
        ("He Yafei", None),
        ("Gen Nakamura Ito", None),
        ("Don McKinnon", None),
        ("Don Felipe Calderón", Some("Don")),
        ("Prince", None),
        ("U Thant", None),
        ("U Nyan Win", Some("U")),
        ("Mr.", None),
        ("Mr. (TBC)", None),
        ("Mr. Ambassador", None),
        ("King Juan Carlos", None),
        ("Joseph Deiss", None),
        ("", None),
    ] {
        assert_eq!(honorific(text).map(|range| &text[range]), expected, "{text}");
    }
}

#[test]
fn the_name_alone_is_what_is_written() {
    for (text, expected) in [
        (" H.E. Mr. Ban Ki-moon (TBC) ", "Ban Ki-moon"),
        ("Ban Ki-moon TBC", "Ban Ki-moon"),
        ("Anthony Lake (in his capacity as Chair)", "Anthony Lake"),
        ("Anthony Lake, speaking also on behalf of UNICEF", "Anthony Lake"),
        ("Jean Dupont, en sa qualité de président (à confirmer)", "Jean Dupont"),
        ("Anna Berg, Ph.D., OBE", "Anna Berg"),
        ("Anna Berg, MP", "Anna Berg"),
        ("Anna Berg MP", "Anna Berg MP"),
        ("Berg OBE", "Berg OBE"),
        ("On behalf of the European Union", "On behalf of the European Union"),
        ("(TBC)", "(TBC)"),
        ("Dr. J. Smith", "J. Smith"),
        ("", ""),
    ] {
        assert_eq!(core(text), expected, "{text}");
    }
}

#[test]
fn letters_are_folded() {
    assert_eq!(fold("Ærø, İstanbul ‘Straße’"), "aero, istanbul strasse");
    assert_eq!(fold("ＡＢ\u{200b}ı\u{ad}"), "abi");
}

#[test]
fn spellings_differ_in_letters_accents_order_and_hyphens() {
    for (a, b) in [
        ("Abdelhamid El Jamri", "Mr.  Abdelhamid EL JAMRI (TBC)"),
        ("J. Smith", "J Smith"),
        ("Seán O’Brien", "Sea\u{301}n O'Brien"),
        ("Ban Ki\u{2011}moon", "Ban Ki-moon"),
    ] {
        assert_eq!(spelling(a), spelling(b), "{a} / {b}");
    }
    for (a, b) in [
        ("Göran Hultin", "Goran Hultin"),
        ("Hor Namhong", "Namhong Hor"),
        ("Ban Ki-moon", "Ban Ki Moon"),
        ("William Swing", "William Lacy Swing"),
    ] {
        assert_ne!(spelling(a), spelling(b), "{a} / {b}");
    }
}

#[test]
fn a_pair_has_one_key_at_which_it_is_reported() {
    let (a, b) = (Name::read("William Swing"), Name::read("William Lacy Swing"));
    assert_eq!(b.keys(), ["lacy", "swing", "william"]);
    assert_eq!(a.first_common_key(&b), Some("swing"));
    assert_eq!(a.first_common_key(&Name::read("Joseph Deiss")), None);
    assert_eq!(Name::read("Driss El Yazami bin Li").keys(), ["driss", "yazami"]);
}

#[test]
fn a_text_in_the_place_of_a_name_is_compared_as_a_whole() {
    // As long as they are, they are read in one go.
    for address in ["Mr. ", "H.E. ", "H. E. ", "Don "] {
        let text = format!("{}Deiss", address.repeat(5_000));
        assert_eq!(compare(&text, &text), Same, "{address}");
    }
    let text = "word ".repeat(50_000);
    assert_eq!(compare(&text, &text), Same);
    assert_eq!(compare(&text, &format!("{text}more")), Different);
}

/// A name of two to five words.
fn name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "William",
        "Lacy",
        "Swing",
        "W.",
        "María",
        "Espinosa",
        "Espinoza",
        "de",
        "El",
        "al-Khalifa",
        "Ki-moon",
        "J.",
        "Göran",
        "Goran",
        "II",
        "Namhong",
        "O’Brien",
        "Christian",
        "Christina",
    ]);
    let tail = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    (prop::sample::select(vec!["Anna", "Joseph", "Thetis", "HOR"]), tail)
        .prop_map(|(first, tail)| format!("{first} {tail}"))
}

#[test]
fn words_that_are_no_names_are_not_compared_letter_by_letter() {
    let name = |letters: usize, last: char| format!("Ann {}{last}z", "b".repeat(letters));
    assert_eq!(compare(&name(62, 'c'), &name(62, 'd')), PossibleTypo);
    assert_eq!(compare(&name(63, 'c'), &name(63, 'd')), Different, "one letter more");
    // Letter by letter this would take hours.
    assert_eq!(compare(&name(1_000_000, 'c'), &name(1_000_000, 'd')), Different);
}

proptest! {
    #[test]
    fn any_two_texts_can_be_compared_in_either_order(a in ".{0,40}", b in ".{0,40}") {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
        let (core_range, text) = (honorific(&a), core(&a));
        prop_assert!(core_range.is_none_or(|range| a.get(range).is_some()));
        prop_assert!(a.contains(text));
        prop_assert!(Name::read(&a).unlike(&Name::read(&a)).is_empty());
    }

    #[test]
    fn two_names_can_be_compared_in_either_order(a in name(), b in name()) {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn a_name_is_the_same_as_itself(a in name()) {
        let expected = if Name::read(&a).counting().len() > 1 { Same } else { SurnameOnly };
        prop_assert_eq!(compare(&a, &a), expected);
    }

    #[test]
    fn honorifics_change_nothing(
        a in name(),
        b in name(),
        honorific in prop::sample::select(vec!["H.E. Mr.", "Sir", "Mme", "Excmo. Sr.", "The Honourable Dr."]),
    ) {
        prop_assert_eq!(compare(&format!("{honorific} {a}"), &b), compare(&a, &b));
    }

    #[test]
    fn names_that_are_alike_share_a_key(a in name(), b in name()) {
        let (a, b) = (Name::read(&a), Name::read(&b));
        if matches!(a.compare(&b), Probable | PossibleTypo) {
            prop_assert!(a.first_common_key(&b).is_some());
        }
    }
}
