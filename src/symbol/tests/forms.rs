//! Symbols and citations that stand alone.

use super::*;

/// Spelling, canonical spelling, kind.
const FORMS: [(&str, &str, Kind); 97] = [
    ("A/75/391, para. 7", "A/75/391", Kind::Document),
    ("A/77/PV.58 (resumed)", "A/77/PV.58 (Resumption)", Kind::VerbatimRecord),
    ("A/74/L.1 and A/74/L.1/Add.1", "A/74/L.1", Kind::Draft),
    ("A/RES/63/225", "A/RES/63/225", Kind::Resolution),
    ("A/RES/57/270 B", "A/RES/57/270 B", Kind::Resolution),
    ("A/RES/57/270B", "A/RES/57/270 B", Kind::Resolution),
    ("A/RES/217 A (III)", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/217A (III)", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/217A(III)", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/217(III)A", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/217(III)[A]", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/217 (III) A", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/2200(XXI)[A-B]", "A/RES/2200 A-B (XXI)", Kind::Resolution),
    ("A/RES/217\u{A0}A\u{A0}(III)", "A/RES/217 A (III)", Kind::Resolution),
    ("A/RES/377 (V)", "A/RES/377 (V)", Kind::Resolution),
    ("A/RES/3367 A (XXX)", "A/RES/3367 A (XXX)", Kind::Resolution),
    ("A/RES/31/16 A", "A/RES/31/16 A", Kind::Resolution),
    ("A/RES/31/6 A and B", "A/RES/31/6 A-B", Kind::Resolution),
    ("A/RES/3419 A to D (XXX)", "A/RES/3419 A-D (XXX)", Kind::Resolution),
    ("A/RES/70/93 A-B", "A/RES/70/93 A-B", Kind::Resolution),
    ("A/RES/70/93 A, B and D", "A/RES/70/93 A, B and D", Kind::Resolution),
    ("A/RES/3362 (S-VII)", "A/RES/3362 (S-VII)", Kind::Resolution),
    ("A/RES/S-6/3201", "A/RES/3201 (S-VI)", Kind::Resolution),
    ("A/RES/S-27/2", "A/RES/S-27/2", Kind::Resolution),
    ("A/RES/2252 (ES-V)", "A/RES/2252 (ES-V)", Kind::Resolution),
    ("A/RES/ES-10/24", "A/RES/ES-10/24", Kind::Resolution),
    ("A/DEC/65/501", "A/DEC/65/501", Kind::Decision),
    ("S/RES/1325 (2000)", "S/RES/1325 (2000)", Kind::Resolution),
    ("S/RES/1310(2000)", "S/RES/1310 (2000)", Kind::Resolution),
    ("S/RES/1325", "S/RES/1325 (2000)", Kind::Resolution),
    ("S/PRST/2000/25", "S/PRST/2000/25", Kind::PresidentialStatement),
    ("S/2014/136", "S/2014/136", Kind::Document),
    ("S/26695", "S/26695", Kind::Document),
    ("S/PV.9085", "S/PV.9085", Kind::VerbatimRecord),
    ("S/PV.4251+Corr.1", "S/PV.4251", Kind::VerbatimRecord),
    ("S/PV.4251 + Corr.1", "S/PV.4251", Kind::VerbatimRecord),
    ("S/PV.4251 (Resumption 1)", "S/PV.4251 (Resumption 1)", Kind::VerbatimRecord),
    ("E/RES/2006/3", "E/RES/2006/3", Kind::Resolution),
    ("E/RES/1503 (XLVIII)", "E/RES/1503 (XLVIII)", Kind::Resolution),
    ("E/2006/25", "E/2006/25", Kind::Document),
    ("E/2009/INF/2/Add.1", "E/2009/INF/2/Add.1", Kind::Document),
    ("E/2009/SR.32", "E/2009/SR.32", Kind::SummaryRecord),
    ("E/2009/L.18", "E/2009/L.18", Kind::Draft),
    ("E/CN.9/2011/3", "E/CN.9/2011/3", Kind::Document),
    ("A/HRC/RES/54/10", "A/HRC/RES/54/10", Kind::Resolution),
    ("A/HRC/DEC/56/115", "A/HRC/DEC/56/115", Kind::Decision),
    ("A/HRC/RES/S-16/1", "A/HRC/RES/S-16/1", Kind::Resolution),
    ("A/HRC/54/L.2", "A/HRC/54/L.2", Kind::Draft),
    ("A/65/203", "A/65/203", Kind::Document),
    ("A/65/203*", "A/65/203", Kind::Document),
    ("A/65/49 (Vol. I)", "A/65/49 (Vol. I)", Kind::Document),
    ("A/66/49 (Vol. II)", "A/66/49 (Vol. II)", Kind::Document),
    ("A/81/6 (Sect. 10)", "A/81/6 (Sect. 10)", Kind::Document),
    ("A/65/438/Add.3", "A/65/438/Add.3", Kind::Document),
    ("A/69/53/Add.1/Corr.1", "A/69/53/Add.1/Corr.1", Kind::Document),
    ("A/C.2/67/L.15/Rev.1", "A/C.2/67/L.15/Rev.1", Kind::Draft),
    ("A/ES-11/L.4/Add.1", "A/ES-11/L.4/Add.1", Kind::Draft),
    ("A/65/PV.69", "A/65/PV.69", Kind::VerbatimRecord),
    ("A/C.1/65/PV.3", "A/C.1/65/PV.3", Kind::VerbatimRecord),
    ("A/C.2/65/SR.4", "A/C.2/65/SR.4", Kind::SummaryRecord),
    ("A/ES-10/PV.39", "A/ES-10/PV.39", Kind::VerbatimRecord),
    ("A/79/PV.4 A/B", "A/79/PV.4 A/B", Kind::VerbatimRecord),
    ("A/CN.4/SR.3500", "A/CN.4/SR.3500", Kind::SummaryRecord),
    ("T/PV.1200", "T/PV.1200", Kind::VerbatimRecord),
    ("A/INF/61/3", "A/INF/61/3", Kind::Document),
    ("S/INF/2/Rev.1 (III)", "S/INF/2/Rev.1 (III)", Kind::Document),
    ("S/INF/2/Rev.1(I)", "S/INF/2/Rev.1 (I)", Kind::Document),
    ("A/CONF.213/18", "A/CONF.213/18", Kind::Document),
    ("CAC/COSP/2017/14", "CAC/COSP/2017/14", Kind::Document),
    ("A/65/820-S/2011/250", "A/65/820-S/2011/250", Kind::Document),
    ("A/810", "A/810", Kind::Document),
    ("ST/AI/189/Add.9/Rev.2", "ST/AI/189/Add.9/Rev.2", Kind::Document),
    ("A/64/6 (Sect. 27B)", "A/64/6 (Sect. 27B)", Kind::Document),
    ("A/64/6 (Sects. 2-4)", "A/64/6 (Sects. 2-4)", Kind::Document),
    ("A/64/6 (Prog. 7)", "A/64/6 (Prog. 7)", Kind::Document),
    ("A/64/6 (Chap. IV)", "A/64/6 (Chap. IV)", Kind::Document),
    ("A/64/6 (Part two)", "A/64/6 (Part II)", Kind::Document),
    ("A/64/6 (Plan outline)", "A/64/6 (Plan outline)", Kind::Document),
    ("A/64/6 (Introduction)", "A/64/6 (Introduction)", Kind::Document),
    ("A/64/6 (Income sect. 2)", "A/64/6 (Income sect. 2)", Kind::Document),
    ("A/64/6 (Sect. 27B)/Corr.2", "A/64/6 (Sect. 27B)/Corr.2", Kind::Document),
    ("S/AC.44/2007/(02)/9/Add.2", "S/AC.44/2007/(02)/9/Add.2", Kind::Document),
    ("S/AC.37/2004/(1455)/7", "S/AC.37/2004/(1455)/7", Kind::Document),
    ("A/RES/74/252[B]", "A/RES/74/252 B", Kind::Resolution),
    ("A/RES/49/60[A-D]", "A/RES/49/60 A-D", Kind::Resolution),
    ("A/RES/194(III)[A+B]", "A/RES/194 A-B (III)", Kind::Resolution),
    ("A/RES/193 (S-2)", "A/RES/193 (S-II)", Kind::Resolution),
    ("A/RES/1001 (ES-1)", "A/RES/1001 (ES-I)", Kind::Resolution),
    ("T/RES/2180 (LII)", "T/RES/2180 (LII)", Kind::Resolution),
    ("T/RES/2180", "T/RES/2180", Kind::Resolution),
    ("E/RES/1919 (ORG-75)", "E/RES/1919 (ORG-75)", Kind::Resolution),
    ("E/RES/2048 (S-III)", "E/RES/2048 (S-III)", Kind::Resolution),
    ("E/RES/2130 (LXIII)", "E/RES/2130 (LXIII)", Kind::Resolution),
    ("S/PRST/2009/3/Corr.1", "S/PRST/2009/3/Corr.1", Kind::PresidentialStatement),
    ("A/71/900–S/2017/433", "A/71/900-S/2017/433", Kind::Document),
    ("A/71/900 – S/2017/433", "A/71/900-S/2017/433", Kind::Document),
    ("A/RES/ES\u{2011}10/19", "A/RES/ES-10/19", Kind::Resolution),
];

#[test]
fn every_form_of_the_manual_is_read_and_has_one_spelling() {
    for (text, key, kind) in FORMS {
        let symbol = known(text);
        assert_eq!((symbol.key(), symbol.kind), (key, kind), "{text}");
        assert_eq!(known(key), symbol, "{text}: the canonical spelling is read back");
    }
}

#[test]
fn the_parts_of_a_symbol_are_values() {
    let symbol = known("A/C.2/67/L.15/Rev.1");
    assert_eq!(symbol.session, Some(Session::Regular(67)));
    assert_eq!(symbol.number, Some(15));
    assert_eq!(symbol.suffixes, [Suffix { kind: SuffixKind::Revision, number: Some(1) }]);
    assert_eq!(known("A/65/203*").session, Some(Session::Regular(65)));
    assert!(known("A/65/203*").reissue);
    assert_eq!(known("S/2014/136").year, Some(2014));
    assert_eq!(known("A/HRC/RES/54/10").organ, Organ::HumanRightsCouncil);
    assert_eq!(known("A/ES-11/L.4").session, Some(Session::Emergency(11)));
    assert_eq!(known("A/65/820-S/2011/250").also.unwrap().key(), "S/2011/250");
    let volume = known("A/66/49 (Vol. II)").bracket.unwrap();
    assert_eq!((volume.kind, volume.number), (BracketKind::Volume, Some(2)));
    assert_eq!(known("A/RES/70/93 A, B and D").parts.letters().collect::<String>(), "ABD");
}

#[test]
fn departures_from_the_printed_form_are_remarked_on() {
    assert!(style("A/RES/63/225").is_regular());
    assert!(style("S/RES/1325 (2000)").is_regular());
    assert!(style("S/RES/1310(2000)").missing_space);
    assert!(style("A/RES/57/270B").missing_space);
    assert!(style("A/RES/217A (III)").missing_space);
    assert!(style("A/RES/217(III)[A]").letter_after_numeral);
    assert!(!style("A/RES/217 A (III)").letter_after_numeral);
    assert!(style("A/RES/217\u{A0}A (III)").no_break_space);
    assert!(style("A/RES/217  A (III)").extra_space);
    assert!(style("S/RES/1325").missing_year);
    assert!(style("A/RES/74/252[B]").square_bracket);
    assert!(style("A/RES/194(III)[A]").square_bracket);
    assert!(style("A/71/900–S/2017/433").dash);
    assert!(!style("A/71/900-S/2017/433").dash);
}

/// Malformed symbol, offending part, right spelling where only one is possible.
const MALFORMED: [(&str, &str, Option<&str>); 63] = [
    ("A/65,203", ",203", None),
    ("A/78423", "78423", Some("A/78/423")),
    ("S/PV9261", "PV9261", Some("S/PV.9261")),
    ("S/2014136", "2014136", Some("S/2014/136")),
    ("A/65/L15", "L15", Some("A/65/L.15")),
    ("A/65/438/Add3", "Add3", Some("A/65/438/Add.3")),
    ("A/65/0203", "0203", Some("A/65/203")),
    ("A/RES/63225", "63225", Some("A/RES/63/225")),
    ("A/RES/63-225", "-", Some("A/RES/63/225")),
    ("A/RES/63/0225", "0225", Some("A/RES/63/225")),
    ("A/RES/217 (IIII)", "IIII", Some("A/RES/217 (IV)")),
    ("A/RES/63", "", None),
    ("A/RES", "", None),
    ("A/RES/2011/1", "2011/1", None),
    ("A/RES/63/225 (2008)", "(2008)", None),
    ("A/Res/63/225", "Res", Some("A/RES/63/225")),
    ("a/res/63/225", "a", Some("A/RES/63/225")),
    ("A//203", "", None),
    ("A/65/203.", ".", Some("A/65/203")),
    ("A/65/203 of 2 August", " of 2 August", None),
    ("A/2011/203", "2011", None),
    ("S/RES/1325 (1900)", "1900", None),
    ("S/RES/2000/1325", "2000/1325", Some("S/RES/1325 (2000)")),
    ("S/RES/1325/2000", "1325/2000", Some("S/RES/1325 (2000)")),
    ("S/PRST/25", "", None),
    ("S/65/203", "65", None),
    ("E/2006025", "2006025", None),
    ("Adopted without vote", "Adopted without vote", None),
    ("A/66L.4", "66L.4", Some("A/66/L.4")),
    ("A/66L4", "66L4", Some("A/66/L.4")),
    ("A/66L.4/Rev.1", "66L.4", Some("A/66/L.4/Rev.1")),
    ("A/ES-9L.2", "ES-9L.2", Some("A/ES-9/L.2")),
    ("A 66/L.4", " ", Some("A/66/L.4")),
    ("A\\66\\L.4", "A\\66\\L.4", Some("A/66/L.4")),
    ("A/RES66/4", "RES66", Some("A/RES/66/4")),
    ("A/66/PV.22nd", "22nd", Some("A/66/PV.22")),
    ("S/PV.6001st", "6001st", Some("S/PV.6001")),
    ("S/2011.77", "2011.77", Some("S/2011/77")),
    ("A/C3/66/L.5", "C3", Some("A/C.3/66/L.5")),
    ("A/C.8/66/L.5", "C.8", None),
    ("A/66/PV/22", "PV/22", Some("A/66/PV.22")),
    ("A/66/300/Corr.", "Corr.", None),
    ("A/66/300/Add", "Add", None),
    ("A/66/300/Ad.1", "Ad", Some("A/66/300/Add.1")),
    ("A/66/300/Corrr.1", "Corrr", Some("A/66/300/Corr.1")),
    ("A/66/300/Rve.1", "Rve", Some("A/66/300/Rev.1")),
    ("A/66/300/add.1", "add", Some("A/66/300/Add.1")),
    ("A/66/Add.1/300", "Add.1/300", Some("A/66/300/Add.1")),
    ("A/64/6 (Sect. 3", "(Sect. 3", Some("A/64/6 (Sect. 3)")),
    ("A/64/6 (Sect. 3))", ")", Some("A/64/6 (Sect. 3)")),
    ("A/64/6 (Setc. 3)", "(Setc. 3)", Some("A/64/6 (Sect. 3)")),
    ("A/64/6 (Sect. 0)", "(Sect. 0)", None),
    ("A/RES/74/252[]", "[]", Some("A/RES/74/252")),
    ("A/RES/S-VI/3202", "S-VI/3202", Some("A/RES/3202 (S-VI)")),
    ("A/RES/S-X/2", "S-X/2", Some("A/RES/S-10/2")),
    ("A/RES/193 (S-9)", "9", None),
    ("T/RES/52/2180", "52/2180", Some("T/RES/2180 (LII)")),
    ("E/RES/1919 (ORG75)", "", Some("E/RES/1919 (ORG-75)")),
    ("E/RES/2131 (LXIII)", "2131 (LXIII)", None),
    ("A/RES/1919 (ORG-75)", "1919 (ORG-75)", None),
    ("S/PRST/2009/3/Corr1", "Corr1", Some("S/PRST/2009/3/Corr.1")),
    ("A/71/900 S/2017/433", " S/2017/433", Some("A/71/900-S/2017/433")),
    ("S/AC.44/2007/()/9", "", None),
];

#[test]
fn a_malformed_symbol_says_where_and_what() {
    for (text, found, suggestion) in MALFORMED {
        let error = parse_symbol(text).expect_err(text);
        assert_eq!(error.found, found, "{text}: {error}");
        assert_eq!(text.get(error.offset..error.offset + error.len), Some(found), "{text}");
        assert_eq!(error.suggestion.as_deref(), suggestion, "{text}: {error:?}");
    }
}

/// Near neighbours of slips that are right, or of which nothing is known.
#[test]
fn what_only_resembles_a_slip_is_accepted() {
    for text in [
        "A/C.2/66/L.5",
        "A/C.2&3/66/L.1",
        "A/SPC/40/SR.5",
        "A/66/L.4/Add.1/Rev.1",
        "A/CN.4/Res.1",
        "A/CN.4/Rec.1",
        "A/66/300/ADD.1",
        "E/CN.4/SUB.2/3",
        "E/CN.4/2003/NGO/7",
        "ST/STAT/SER.M/4/Rev.3",
        "A/AC.105/C.2/L.7",
        "E/C.12/2009/SR.4",
        "E/CN.4bis/2",
        "A/HRC/66/L.4",
        "S/2011/77/Add.2",
    ] {
        assert!(matches!(parse_symbol(text), Ok(Parsed::Known { .. })), "{text}");
    }
}

#[test]
fn offsets_count_from_the_start_of_the_text_as_given() {
    let error = parse_symbol("  S/PV9261 ").unwrap_err();
    assert_eq!((error.offset, error.len), (4, 6));
    assert_eq!(error.to_string(), "found `PV9261`, expected a full stop before the number");
}

#[test]
fn symbols_of_others_are_unknown_and_never_wrong() {
    for text in [
        "GA/10421",
        "ECOSOC/6237",
        "WHA/64.3",
        "OSCE/12/3x",
        "CEDAW//1",
        "UNEP/é",
        "Sales/1",
        "TCP/IP",
    ] {
        assert_eq!(parse_symbol(text), Ok(Parsed::Unknown), "{text}");
    }
    for text in [
        "CEDAW/C/2011/1",
        "CRC/C/GC/24",
        "CCPR/C/103/D/1",
        "TD/B/58/1",
        "FCCC/CP/2015/10/Add.1",
        "DP/2011/1",
    ] {
        assert_eq!(known(text).key(), text);
        assert_eq!(known(text).organ, Organ::Other);
    }
}

#[test]
fn equal_acts_have_equal_keys_however_they_are_written() {
    let key = |text: &str| parse_citation(text).unwrap_or_else(|e| panic!("{text}: {e}")).key();
    for text in [
        "A/RES/63/225",
        "General Assembly resolution 63/225",
        "General\u{A0}Assembly resolution\u{A0}63/225",
        "General Assembly resolution A/RES/63/225",
        "resolution A/RES/63/225",
        "resolution 63/225 of the General Assembly",
        "General Assembly resolution 63/225 of 19 December 2008",
        "résolution 63/225 de l'Assemblée générale",
        "résolution 63/225 de l’Assemblée générale du 19 décembre 2008",
        "resolución 63/225 de la Asamblea General",
    ] {
        assert_eq!(key(text).as_deref(), Some("A/RES/63/225"), "{text}");
    }
    assert_eq!(
        key("General Assembly resolution 217 A (III)").as_deref(),
        Some("A/RES/217 A (III)")
    );
    assert_eq!(
        key("Security Council resolution 1325 (2000)").as_deref(),
        Some("S/RES/1325 (2000)")
    );
    assert_eq!(
        key("Economic and Social Council resolution 2006/3").as_deref(),
        Some("E/RES/2006/3")
    );
    assert_eq!(key("Human Rights Council resolution 16/1").as_deref(), Some("A/HRC/RES/16/1"));
    assert_eq!(key("General Assembly decision 65/501").as_deref(), Some("A/DEC/65/501"));
}

#[test]
fn an_act_of_an_unknown_organ_has_no_key() {
    for text in [
        "resolution 63/225",
        "its resolution 63/225",
        "63/225",
        "217 A (III)",
        "decision 65/501",
        "resolution 1325 (2000)",
        "Health Assembly resolution 63/225",
        "Commission on Population and Development resolution 2006/2",
        "World Health Assembly resolution 61/17",
        "General Assembly resolution 2006/3",
    ] {
        assert_eq!(parse_citation(text).unwrap().key(), None, "{text}");
    }
    assert_eq!(parse_citation("decision 65/501").unwrap().act, Act::Decision);
    assert_eq!(parse_citation("217 A (III)").unwrap().to_string(), "resolution 217 A (III)");
}

#[test]
fn what_is_no_citation_is_an_error() {
    for text in [
        "",
        "resolution",
        "resolution 63",
        "A/65/203",
        "A/RES/63",
        "resolution 63/225 and so on",
        "of 2/3",
    ] {
        assert!(parse_citation(text).is_err(), "{text}");
    }
}
