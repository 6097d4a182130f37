//! References in prose.

use super::*;

fn references(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    find(text, |found| {
        let key = found.key().unwrap_or_else(|| match &found.reference {
            Reference::Citation(citation) => citation.number(),
            Reference::Symbol(symbol) => symbol.to_string(),
        });
        all.push(key);
    });
    all
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(references(text), expected, "{text}");
}

/// The references of resolution 65/170 and of the papers of the debate of 19 May 2011, each in a
/// sentence of the same shape.
const GOLDEN: [(&str, &[&str]); 22] = [
    ("The debate answers to a request (A/RES/63/225).", &["A/RES/63/225"]),
    ("It was mandated by A/RES/63/225.", &["A/RES/63/225"]),
    ("as foreseen in General Assembly resolution A/RES/63/225 on migration", &["A/RES/63/225"]),
    ("as the General Assembly asked in its resolution A/RES/63/225.", &["A/RES/63/225"]),
    ("the debate (see A/RES/63/225) takes place", &["A/RES/63/225"]),
    ("In General Assembly resolution 63/225, Members asked for it.", &["A/RES/63/225"]),
    ("**65/170. Migration and its effects**", &["65/170"]),
    (
        "*Recalling* its resolutions 58/208 of 23 December 2003, 59/241 of 22 December 2004, 60/227 of 23 December 2005, 61/208 of 20 December 2006 and 63/225 of 19 December 2008 on one subject, and its resolution 60/206 of 22 December 2005 on another, its resolutions 62/156 of 18 December 2007 and 64/166 of 18 December 2009 on a third and its resolution 62/270 of 20 June 2008 on a fourth,",
        &["58/208", "59/241", "60/227", "61/208", "63/225", "60/206", "62/156", "64/166", "62/270"],
    ),
    (
        "*Recalling also* the Outcome,<sup>1</sup> its resolution 60/265 of 30 June 2006 on what follows,",
        &["60/265"],
    ),
    ("and its resolution 57/270 B of 23 June 2003 on carrying it out,", &["57/270 B"]),
    ("1. See resolution 60/1.", &["60/1"]),
    ("2. Resolution 63/239, annex.", &["63/239"]),
    ("3. Resolution 63/303, annex.", &["63/303"]),
    ("4. See resolution 65/1.", &["65/1"]),
    (
        "Commission on Population and Development resolution 2006/2 of 10 May 2006,<sup>11</sup>",
        &["2006/2"],
    ),
    ("5. Resolution 217 A (III).", &["217 A (III)"]),
    ("6. See resolution 2200 A (XXI), annex.", &["2200 A (XXI)"]),
    ("*Supplement No. 5* (E/2006/25), chap. I, sect. B.", &["E/2006/25"]),
    (
        "the report (A/65/438/Add.3) of the Committee; another, A/61/515; and A/65/203.",
        &["A/65/438/Add.3", "A/61/515", "A/65/203"],
    ),
    ("the reports (A/65/203) and [A/65/203].", &["A/65/203", "A/65/203"]),
    (
        "7. United Nations, *Treaty Series*, vol. 660, No. 9464. 8. *Ibid.*, vol. 2220, No. 39481.",
        &[],
    ),
    ("9. United Nations publication, Sales No. E.09.III.B.1; 10-52305; GA/10421", &[]),
];

#[test]
fn the_references_of_the_debate_are_found_and_no_others() {
    for (text, expected) in GOLDEN {
        check(text, expected);
    }
}

#[test]
fn the_organ_of_a_citation_is_known_only_from_words_beside_it() {
    let organ = |text: &str| {
        let mut organs = Vec::new();
        find(text, |found| organs.push(found.organ));
        assert_eq!(organs.len(), 1, "{text}");
        organs[0]
    };
    assert_eq!(
        organ("General Assembly resolution 55/56 of 1 December 2001"),
        Some(Organ::GeneralAssembly)
    );
    assert_eq!(
        organ("the United Nations General Assembly resolution 55/56"),
        Some(Organ::GeneralAssembly)
    );
    assert_eq!(organ("Security Council resolution 1325 (2000)"), Some(Organ::SecurityCouncil));
    assert_eq!(
        organ("resolution 1325 (2000) of the Security Council"),
        Some(Organ::SecurityCouncil)
    );
    assert_eq!(
        organ("la résolution 63/225 du 19 décembre 2008 de l'Assemblée générale"),
        Some(Organ::GeneralAssembly)
    );
    assert_eq!(organ("la resolución de la Asamblea General 63/225"), Some(Organ::GeneralAssembly));
    assert_eq!(organ("Human Rights Council resolution 16/1"), Some(Organ::HumanRightsCouncil));
    assert_eq!(
        organ("Economic and Social Council resolution 2006/3"),
        Some(Organ::EconomicAndSocialCouncil)
    );
    assert_eq!(
        organ("Commission on Population and Development resolution 2006/2"),
        Some(Organ::Other)
    );
    assert_eq!(organ("United Nations Environment Assembly resolution 4/1"), Some(Organ::Other));
    assert_eq!(organ("OAS General Assembly resolution 30/1"), Some(Organ::Other));
    assert_eq!(
        organ("the African Union Peace and Security Council decision 12/3"),
        Some(Organ::Other)
    );
    for text in ["The General Assembly, in its resolution 63/225", "Assembly resolution 63/225"] {
        assert_eq!(organ(text), Some(Organ::GeneralAssembly), "{text}");
    }
    for unknown in [
        "the General Assembly adopted resolution 63/225",
        "Council resolution 16/1",
        "the Health Assembly asked for Assembly resolution 63/225",
        "Recalling resolution 63/225",
        "its resolution 63/225",
    ] {
        assert_eq!(organ(unknown), None, "{unknown}");
    }
}

#[test]
fn a_list_carries_its_word_and_its_organ() {
    check(
        "General Assembly resolutions 55/2 of 8 September 2000 and 60/1 of 16 September 2005, and 63/303",
        &["A/RES/55/2", "A/RES/60/1", "A/RES/63/303"],
    );
    check(
        "Security Council resolutions 1325 (2000), 1820 (2008) and 1888 (2009)",
        &["S/RES/1325 (2000)", "S/RES/1820 (2008)", "S/RES/1888 (2009)"],
    );
    check(
        "General Assembly resolutions 62/156 of 18 December 2007 on migrants, 63/184 of 18 December 2008 on others",
        &["A/RES/62/156", "A/RES/63/184"],
    );
    check("les résolutions 58/208 du 23 décembre 2003 et 63/225", &["58/208", "63/225"]);
    check("las resoluciones 58/208, de 23 de diciembre de 2003, y 63/225", &["58/208", "63/225"]);
    check("resolutions 49/222 A and B of 23 December 1994 and 20 July 1995", &["49/222 A-B"]);
    check("resolutions 3419 A to D (XXX) and 31/6 A and B", &["3419 A-D (XXX)", "31/6 A-B"]);
    check(
        "Human Rights Council resolution S-16/1 of 29 April 2011 and decision 56/115",
        &["A/HRC/RES/S-16/1", "56/115"],
    );
}

#[test]
fn another_body_in_a_list_takes_the_organ_away() {
    check(
        "General Assembly resolution 60/251 of 15 March 2006 and that of the Commission, 2/1 of 4 May 2006",
        &["A/RES/60/251", "2/1"],
    );
}

/// The organs of the references in a text, with their numbers.
#[track_caller]
fn check_organs(text: &str, expected: &[(&str, Option<Organ>)]) {
    let mut found = Vec::new();
    find(text, |one| found.push((text[one.range.clone()].to_owned(), one.organ)));
    let found: Vec<_> = found.iter().map(|(text, organ)| (text.as_str(), *organ)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_organ_of_the_next_citation_is_not_taken() {
    let (assembly, rights) = (Some(Organ::GeneralAssembly), Some(Organ::HumanRightsCouncil));
    check_organs(
        "Human Rights Council resolution 17/4 of 16 June 2011 and General Assembly resolution 65/309 of 19 July 2011",
        &[("17/4", rights), ("65/309", assembly)],
    );
    check_organs(
        "the Environment Assembly resolution 3/1 of 6 December 2017 and General Assembly resolution 72/73",
        &[("3/1", Some(Organ::Other)), ("72/73", assembly)],
    );
    check_organs(
        "resolution 15/2 of 30 September 2010 and General Assembly resolution 65/1",
        &[("15/2", None), ("65/1", assembly)],
    );
    check_organs(
        "resolution 5/1 of the Council of 18 June 2007 and General Assembly resolution 60/251",
        &[("5/1", None), ("60/251", assembly)],
    );
    check_organs(
        "resolution 72/73 of 5 December 2017 of the General Assembly",
        &[("72/73", assembly)],
    );
    check_organs(
        "resolution 2010/5 of the Economic and Social Council",
        &[("2010/5", Some(Organ::EconomicAndSocialCouncil))],
    );
}

/// Where `its` is said of the organ that speaks, nothing in the text names it.
#[test]
fn its_points_back_to_the_body_named_last() {
    let own = |text: &str| {
        let mut all = Vec::new();
        find(text, |found| all.push((found.organ, found.own)));
        assert_eq!(all.len(), 1, "{text}");
        all[0]
    };
    let (assembly, rights) = (Some(Organ::GeneralAssembly), Some(Organ::HumanRightsCouncil));
    for (text, expected) in [
        ("Recalling its resolution 64/12 of 2 November 2009", (None, true)),
        ("rappelant sa résolution 64/12 du 2 novembre 2009", (None, true)),
        ("recordando su resolución 64/12", (None, true)),
        ("The General Assembly, recalling its resolution 64/12", (assembly, false)),
        ("as the Assembly asked in its resolution 64/12", (assembly, false)),
        ("The Human Rights Council met. In its resolution 14/3 it asked for it", (rights, false)),
        ("the Commission, in its resolution 2/3", (None, false)),
        ("the Conference of the Parties and its decision 12/3", (None, false)),
        ("as UNESCO asked in its resolution 36/12", (None, false)),
        ("on HIV/AIDS in chapter XII, and its resolution 64/12", (None, true)),
        ("the Assembly of the African Union, in its decision 12/3", (None, false)),
        ("the Council adopted its resolution 14/3", (None, false)),
    ] {
        assert_eq!(own(text), expected, "{text}");
    }
    // A body that only says whose act another one is is not the one that speaks.
    check_organs(
        "Recalling Security Council resolution 1325 (2000) and its resolution 64/12",
        &[("1325 (2000)", Some(Organ::SecurityCouncil)), ("64/12", None)],
    );
}

#[test]
fn an_act_that_and_joins_has_the_organ_of_the_one_before() {
    let (assembly, rights) = (Some(Organ::GeneralAssembly), Some(Organ::HumanRightsCouncil));
    check_organs(
        "General Assembly resolution 64/12 of 2 November 2009 and resolution 65/3 of 5 November 2010",
        &[("64/12", assembly), ("65/3", assembly)],
    );
    check_organs(
        "General Assembly decision 64/501, and resolution 65/3",
        &[("64/501", assembly), ("65/3", assembly)],
    );
    for (text, second) in [
        ("General Assembly resolution 64/12 and Human Rights Council resolution 14/3", rights),
        ("General Assembly resolution 64/12 and its resolution 14/3", None),
        ("General Assembly resolution 64/12 and decision 14/103", None),
        ("General Assembly resolution 64/12; resolution 14/3", None),
        ("General Assembly resolution 64/12 on it, and on resolution 14/3", None),
        ("General Assembly resolution 64/12 and resolution 1325 (2000)", None),
    ] {
        let mut organs = Vec::new();
        find(text, |found| organs.push(found.organ));
        assert_eq!(organs, [assembly, second], "{text}");
    }
}

#[test]
fn both_ends_of_a_range_are_read() {
    check(
        "General Assembly resolutions 64/12 to 64/20 of 2 November 2009",
        &["A/RES/64/12", "A/RES/64/20"],
    );
    check("General Assembly resolutions 64/12–64/20", &["A/RES/64/12", "A/RES/64/20"]);
    check("General Assembly resolutions 64/12-64/20", &["A/RES/64/12", "A/RES/64/20"]);
    check("General Assembly resolutions 64/12-13", &[]);
    check("General Assembly resolution 64/12 leads to 2/3 of it", &["A/RES/64/12"]);
}

#[test]
fn hyphens_of_any_kind_mark_a_special_session() {
    for hyphen in ["-", "\u{2010}", "\u{2011}"] {
        let text = format!(
            "General Assembly resolutions ES{hyphen}9/1 of 5 February 1982, S{hyphen}9/2 and A/RES/ES{hyphen}9/1"
        );
        check(&text, &["A/RES/ES-9/1", "A/RES/S-9/2", "A/RES/ES-9/1"]);
    }
    check("General Assembly resolution CES\u{2011}9/1", &[]);
}

#[test]
fn symbols_with_hyphens_of_any_kind_are_read() {
    for hyphen in ["-", "\u{2010}", "\u{2011}"] {
        let text = format!(
            "See A/ES{hyphen}9/7, A/S{hyphen}17/11/Add.1, A/64/350{hyphen}S/2009/514 and E/2008/SR.3 (Vol. II)."
        );
        check(
            &text,
            &["A/ES-9/7", "A/S-17/11/Add.1", "A/64/350-S/2009/514", "E/2008/SR.3 (Vol. II)"],
        );
        check(&format!("A/RES/S{hyphen}17/2"), &["A/RES/S-17/2"]);
        // The place ends where the symbol ends in the text.
        let text = format!("in A/ES{hyphen}9/7* of 5 February 1982");
        let mut found = Vec::new();
        find(&text, |one| found.push((text[one.range].to_owned(), one.date.is_some())));
        assert_eq!(found, [(format!("A/ES{hyphen}9/7*"), true)]);
    }
    check("A/64/350–S/2009/514", &["A/64/350"]);
    check("the A\u{2011}list and A/B\u{2011}tests", &[]);
    check("a path such as data/A/64/350\u{2011}x", &[]);
}

#[test]
fn letters_of_parts_may_follow_a_no_break_space() {
    for space in [" ", "\u{A0}", "\u{202F}", "\n"] {
        let text =
            format!("General Assembly resolution 3201{space}A{space}and{space}B{space}(XXIX)");
        check(&text, &["A/RES/3201 A-B (XXIX)"]);
        check(
            &format!("General Assembly resolution 1991{space}A{space}(XVIII)"),
            &["A/RES/1991 A (XVIII)"],
        );
    }
}

#[test]
fn lists_with_dates_in_french_and_spanish_are_read() {
    let dated = |text: &str| {
        let mut all = Vec::new();
        find(text, |found| all.push((found.key(), found.date.map(|dated| dated.date.to_string()))));
        let owned = |key: &Option<String>| key.clone().unwrap_or_default();
        all.iter()
            .map(|(key, date)| format!("{} {}", owned(key), date.as_deref().unwrap_or("-")))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        dated(
            "las resoluciones de la Asamblea General 62/12, de 9 de noviembre de 2007, 63/14, de 10 de noviembre de 2008, y 64/16, de 11 de noviembre de 2009,"
        ),
        ["A/RES/62/12 2007-11-09", "A/RES/63/14 2008-11-10", "A/RES/64/16 2009-11-11"],
    );
    assert_eq!(
        dated(
            "la resolución 62/12 de la Asamblea General, de 9 de noviembre de 2007, y la decisión 62/510, aprobada el 9 de noviembre de 2007"
        ),
        ["A/RES/62/12 2007-11-09", " -"],
    );
    assert_eq!(
        dated(
            "les résolutions de l’Assemblée générale 62/12 du 9 novembre 2007 et 63/14, en date du 10 novembre 2008"
        ),
        ["A/RES/62/12 2007-11-09", "A/RES/63/14 2008-11-10"],
    );
    assert_eq!(
        dated("la résolution 62/12 de l’Assemblée générale, en date du 9 novembre 2007,"),
        ["A/RES/62/12 2007-11-09"],
    );
}

#[test]
fn resolutions_of_the_security_council_have_short_forms() {
    check("UNSCR 1540 (2004) and 1673 (2006)", &["S/RES/1540 (2004)", "S/RES/1673 (2006)"]);
    check("XUNSCR 1540 (2004)", &[]);
    check("Security Council resolution 1540 of 28 April 2004", &["S/RES/1540 (2004)"]);
    check(
        "Security Council resolutions 1540 of 28 April 2004 and 1673 of 27 April 2006, and General Assembly resolution 60/78",
        &["S/RES/1540 (2004)", "S/RES/1673 (2006)", "A/RES/60/78"],
    );
    check("Security Council resolution 1540 of 2004", &[]);
    check("resolution 1540 of 28 April 2004", &[]);
}

#[test]
fn a_date_that_follows_belongs_to_the_citation() {
    let mut dates = Vec::new();
    let text = "resolutions 58/208 of 23 December 2003 and 49/222 A and B of 23 December 1994 and 20 July 1995";
    find(text, |found| dates.push((found.date, found.second_date)));
    let shown: Vec<_> = dates
        .iter()
        .map(|(one, two)| [one, two].map(|d| d.as_ref().map(|d| &text[d.range.clone()])))
        .collect();
    assert_eq!(
        shown,
        [[Some("23 December 2003"), None], [Some("23 December 1994"), Some("20 July 1995")]]
    );
}

#[test]
fn a_symbol_after_the_word_resolution_says_the_same_twice() {
    let redundant = |text: &str| {
        let mut all = Vec::new();
        find(text, |found| all.push(found.is_redundant()));
        all
    };
    assert_eq!(redundant("General Assembly resolution A/RES/63/225"), [true]);
    assert_eq!(redundant("pursuant to A/RES/63/225"), [false]);
    assert_eq!(redundant("the resolution was issued as A/RES/63/225"), [false]);
    assert_eq!(redundant("resolution 63/225 and A/65/203"), [false, false]);
}

#[test]
fn fractions_dates_and_addresses_are_no_citations() {
    for text in [
        "open 24/7 for all",
        "a majority of 2/3 decided",
        "on 5/10/2017 the resolution was adopted",
        "the resolution of 5/10/2017",
        "The resolution was adopted. The service runs 24/7 now.",
        "a decision by a 2/3 majority",
        "the decision to work 24/7",
        "resolution of 1/2 a degree",
        "pages 12/13 and 3-4",
        "https://undocs.org/A/RES/63/225 and www.un.org/63/225",
        "https://undocs.org/en/A/65/203?x=A/65/203",
        "and/or, he/she, km/h, A/B tests, A/C units, N/A, S/N, c/o, TCP/IP, E/M",
        "1/2 cup (III) and 3 (2000)",
        "the resolution of the screen is 1920/1080",
        "World War (II) and 1948 (III)",
        "a screen resolution 640/480",
        "resolution 63/225/7",
        "resolution 63/22.5 and 63/225%",
        "The decisions; 24/7",
        "65/170. lower case",
        "1/2. Half of it",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_word_announces_a_number_in_its_own_clause_only() {
    check("resolution 24/7", &["24/7"]);
    check("resolution No. 63/225", &["63/225"]);
    check("the resolution on migrants, 63/225 of 19 December 2008,", &["63/225"]);
    check("the resolution on migrants, 63/225,", &[]);
    check("the resolution; 63/225 of 19 December 2008", &[]);
    check("the resolution.\n\n63/225 of 19 December 2008", &[]);
}

#[test]
fn symbols_in_prose_end_where_the_phrase_ends() {
    check(
        "See A/65/203, A/RES/217 A (III), and S/2014/136.",
        &["A/65/203", "A/RES/217 A (III)", "S/2014/136"],
    );
    check("S/RES/1310(2000); A/66/49 (Vol. II), p. 3", &["S/RES/1310 (2000)", "A/66/49 (Vol. II)"]);
    check("A/65/203* (annex)", &["A/65/203"]);
    check("**A/65/203**", &["A/65/203"]);
    check("A/65/820-S/2011/250", &["A/65/820-S/2011/250"]);
    check("CEDAW/C/2011/1 and A/C.2/67/L.15/Rev.1", &["CEDAW/C/2011/1", "A/C.2/67/L.15/Rev.1"]);
    check("A/RES/63/225 A resolution follows", &["A/RES/63/225"]);
    check("A/RES/57/270 B follows", &["A/RES/57/270 B"]);
}
