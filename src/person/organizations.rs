//! Organizations that are as often written by their letters as in full.
//!
//! Source: *Basic Facts about the United Nations 2014* (United Nations, Sales No. E.13.I.6), and for the
//! Global Migration Group and its members the Group's statement to the General Assembly of 19 May 2011.
//! The names in French and Spanish are those under which the organizations publish in these languages.

/// The letters, and the name in full.
pub(super) const ORGANIZATIONS: &[(&str, &str)] = &[
    ("ACNUR", "Alto Comisionado de las Naciones Unidas para los Refugiados"),
    ("ECOSOC", "Economic and Social Council"),
    ("FAO", "Food and Agriculture Organization of the United Nations"),
    ("FMMD", "Forum mondial sur la migration et le développement"),
    ("GFMD", "Global Forum on Migration and Development"),
    ("GMG", "Global Migration Group"),
    ("HCR", "Haut-Commissariat des Nations Unies pour les réfugiés"),
    ("ILO", "International Labour Organization"),
    ("ILO", "International Labour Office"),
    ("IMF", "International Monetary Fund"),
    ("IOM", "International Organization for Migration"),
    ("OCHA", "Office for the Coordination of Humanitarian Affairs"),
    ("OHCHR", "Office of the United Nations High Commissioner for Human Rights"),
    ("OIM", "Organisation internationale pour les migrations"),
    ("OIM", "Organización Internacional para las Migraciones"),
    ("OIT", "Organisation internationale du Travail"),
    ("OIT", "Organización Internacional del Trabajo"),
    ("ONU", "Organisation des Nations Unies"),
    ("ONU", "Organización de las Naciones Unidas"),
    ("UN", "United Nations"),
    ("UNCTAD", "United Nations Conference on Trade and Development"),
    ("UNDESA", "United Nations Department of Economic and Social Affairs"),
    ("UNDP", "United Nations Development Programme"),
    ("UNEP", "United Nations Environment Programme"),
    ("UNESCO", "United Nations Educational, Scientific and Cultural Organization"),
    ("UNFPA", "United Nations Population Fund"),
    ("UNHCR", "Office of the United Nations High Commissioner for Refugees"),
    ("UNHCR", "United Nations High Commissioner for Refugees"),
    ("UNICEF", "United Nations Children's Fund"),
    ("UNITAR", "United Nations Institute for Training and Research"),
    ("UNODC", "United Nations Office on Drugs and Crime"),
    ("WFP", "World Food Programme"),
    ("WHO", "World Health Organization"),
];
