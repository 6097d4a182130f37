//! The words of texts that stand in for a name, in English, French and Spanish, folded.

use std::{collections::HashSet, sync::LazyLock};

use foldhash::fast::FixedState;

/// Words or phrases.
pub(super) type Set = HashSet<&'static str, FixedState>;

/// The words and phrases, by what they say.
pub(super) struct Lists {
    /// What is written as a whole where a name is not known, and the names that forms and examples have.
    pub(super) phrases: Set,
    /// What says that a name is not known or not settled, alone or among other words.
    pub(super) marks: Set,
    /// Words for any person who speaks.
    pub(super) fillers: Set,
    /// Words that say which of them, or how many.
    pub(super) counts: Set,
    /// Words that say what sort of speaker is meant.
    pub(super) qualities: Set,
    /// Offices.
    pub(super) offices: Set,
    /// What comes before an office.
    pub(super) office_prefixes: Set,
    /// Words for everyone.
    pub(super) all: Set,
    /// Words that names of bodies, groups and parts of a programme have, and names of persons hardly ever.
    pub(super) bodies: Set,
    /// Such bodies and groups as a whole, where their words may be names of persons as well.
    pub(super) collectives: Set,
    /// States and unions of States.
    pub(super) states: Set,
    /// The words without which a text of several words may be a name: the last one of each phrase.
    pub(super) triggers: Set,
}

pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let phrases = [PHRASES, MARKS, COLLECTIVES, STATES].into_iter().flat_map(items);
    let last = phrases.filter_map(|phrase| phrase.rsplit(' ').next());
    let words = [FILLERS, OFFICES, ALL, BODIES].into_iter().flat_map(items);
    Lists {
        phrases: items(PHRASES).collect(),
        marks: items(MARKS).collect(),
        fillers: items(FILLERS).collect(),
        counts: items(COUNTS).collect(),
        qualities: items(QUALITIES).collect(),
        offices: items(OFFICES).collect(),
        office_prefixes: items(OFFICE_PREFIXES).collect(),
        all: items(ALL).collect(),
        bodies: items(BODIES).collect(),
        collectives: items(COLLECTIVES).collect(),
        states: items(STATES).collect(),
        triggers: last.chain(words).collect(),
    }
});

fn items(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|')
}

const PHRASES: &str = "\
    a delegate|a participant|a representative|a speaker|anonima|anonimo|anonyme|an hon member|an honourable member|anonymous|hon members|honourable members|several hon members|\
    several honourable members|some hon members|some honourable members|aucun|desconocida|\
    desconocido|erika mustermann|family name|first last|first name|first name last name|firstname lastname|\
    foo bar|fulano de tal|full name|given name|given name family name|inconnu|inconnue|insert name|\
    insert name here|intervenant non identifie|jane doe|john doe|john q public|last name|lorem ipsum|\
    max mustermann|n a|name|name here|name name|name of speaker|name surname|name unknown|names|ninguno|no name|\
    no speaker|nobody|nom|nom et prenom|nom prenom|nombre apellido|nombre apellidos|nombre y apellido|\
    nombre y apellidos|none|not applicable|not available|null|orador no identificado|oradora no identificada|\
    orateur non identifie|prenom nom|representative|sans nom|sin nombre|speaker|speaker name|speakers|surname|\
    un intervenant|un representant|un representante|una representante|une representante|unidentified speaker|\
    unknown speaker|various|various speakers|voice from the floor|voix dans la salle|voz de la sala|xyz|your name|\
    your name here";

const MARKS: &str = "\
    a annoncer|a confirmer|a definir|a designer|a determiner|a nommer|en attente|n n|name unknown|nn|\
    not confirmed|not confirmed yet|not known|not known yet|not yet announced|not yet confirmed|not yet known|\
    pending|por anunciar|por confirmar|por definir|por designar|por determinar|sin confirmar|t b a|t b c|t b d|\
    tba|tbc|tbd|to be advised|to be announced|to be appointed|to be confirmed|to be decided|to be defined|\
    to be designated|to be determined|to be identified|to be named|to be nominated|unconfirmed|unidentified|\
    unknown|unnamed|vacant";

const FILLERS: &str = "\
    conferencier|delegate|discussant|guest|interlocutor|intervenant|intervenante|lecturer|name|nom|nombre|orador|oradora|\
    orateur|oratrice|panelist|panelista|panelists|panellist|panellists|participant|person|ponente|presenter|\
    presenters|representant|representante|representative|speaker|speakers|spk|voice|voix";

const COUNTS: &str = "\
    a|additional|an|another|autre|different|first|fourth|further|la|last|le|more|multiple|new|next|other|otro|\
    second|several|the|third|three|two|un|una|une|various";

const QUALITIES: &str = "\
    closing|distinguished|expert|external|featured|female|guest|honorary|honoured|international|invitada|invitado|\
    invite|invited|invitee|keynote|local|main|male|online|opening|panel|plenary|principal|remote|same|special";

const OFFICES: &str = "\
    ambassador|chair|chairman|chairperson|chairwoman|clerk|cochair|commissioner|convener|convenor|delegation|\
    director|facilitator|governor|interpreter|mayor|minister|ministra|ministre|ministro|moderador|moderadora|\
    moderateur|moderator|moderatrice|premier|president|presidenta|presidente|rapporteur|secretaire|secretaria|\
    secretariat|secretario|secretary|vicepresident";

const OFFICE_PREFIXES: &str = "\
    acting|assistant|co|conference|deputy|el|honourable|la|le|madam|madame|meeting|mister|monsieur|mr|mrs|ms|\
    panel|permanent|prime|senior|session|the|under|vice";

const ALL: &str = "all|both|each|every|todas|todos|tous|toutes";

const BODIES: &str = "\
    academy|administration|agencies|agency|alliance|assembly|associates|association|attendees|audience|\
    authorities|authority|award|awards|break|breakfast|brunch|caucus|centre|centres|chairpersons|chairs|coalition|\
    colloquium|comite|commission|committee|committees|communities|community|companies|company|conference|conseil|\
    consejo|consortium|convenors|corporation|countries|debate|delegates|delegations|demonstration|department|\
    dialogue|dinner|discussants|discussion|discussions|division|embassy|everybody|everyone|executives|exercise|\
    exhibitors|experts|facilitators|faculty|federation|forum|foundation|gmbh|government|governments|group|groups|\
    guests|inc|industry|institute|institution|institutions|interpreters|judges|keynotes|laboratory|leaders|\
    lecturers|llc|ltd|lunch|luncheon|management|members|ministers|ministry|mission|moderators|museum|nations|\
    network|networking|ngos|observers|office|officers|officials|organisation|organisations|organiser|organisers|\
    organising|organization|organizations|organizer|organizers|organizing|panel|panelists|panellists|panels|\
    parliament|participants|partners|partnership|peoples|plenary|posters|presenters|programme|programmes|project|\
    projects|rapporteurs|reception|registration|representatives|research|roundtable|secretariat|session|society|\
    speakers|sponsors|stakeholders|states|students|symposium|team|teams|trustees|union|unions|university|\
    volunteers|winners|workshop|workshops|youth";

/// Those whose words may be the names of persons as well.
const COLLECTIVES: &str = "\
    advisory board|board|bureau|city council|coffee|council|county council|editorial board|european council|\
    executive board|executive bureau|executive council|floor|governing board|governing council|\
    human rights council|lunch|management board|members of council|open floor|parish council|q and a|\
    security council|staff|supervisory board|the board|the bureau|the council|the floor|the house|town council|\
    trusteeship council";

/// Member States and permanent observers of the United Nations, by their short names in English (source:
/// un.org/en/about-us/member-states and un.org/en/about-us/non-member-states, 2025). Chad, Dominica, Georgia, India, Israel,
/// Jordan, Kenya and Tonga are left out, because persons have these names as well.
const STATES: &str = "\
    afghanistan|african union|albania|algeria|andorra|angola|antigua and barbuda|argentina|armenia|australia|\
    austria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|\
    bolivia plurinational state of|bosnia and herzegovina|botswana|brazil|brunei darussalam|bulgaria|burkina faso|\
    burundi|cabo verde|cambodia|cameroon|canada|central african republic|chile|china|colombia|comoros|congo|\
    costa rica|cote divoire|croatia|cuba|cyprus|czech republic|czechia|democratic peoples republic of korea|\
    democratic republic of the congo|denmark|djibouti|dominican republic|ecuador|egypt|el salvador|\
    equatorial guinea|eritrea|estonia|eswatini|ethiopia|european union|fiji|finland|france|gabon|gambia|germany|\
    ghana|greece|grenada|guatemala|guinea|guinea bissau|guyana|haiti|holy see|honduras|hungary|iceland|indonesia|\
    iran|iran islamic republic of|iraq|ireland|italy|jamaica|japan|kazakhstan|kingdom of the netherlands|kiribati|\
    kuwait|kyrgyzstan|lao peoples democratic republic|latvia|league of arab states|lebanon|lesotho|liberia|libya|\
    liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|marshall islands|mauritania|\
    mauritius|mexico|micronesia federated states of|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|\
    nauru|nepal|netherlands|new zealand|nicaragua|niger|nigeria|north macedonia|norway|oman|pakistan|palau|panama|\
    papua new guinea|paraguay|peru|philippines|poland|portugal|qatar|republic of korea|republic of moldova|\
    romania|russian federation|rwanda|saint kitts and nevis|saint lucia|saint vincent and the grenadines|samoa|\
    san marino|sao tome and principe|saudi arabia|senegal|serbia|seychelles|sierra leone|singapore|slovakia|\
    slovenia|solomon islands|somalia|south africa|south sudan|spain|sri lanka|state of palestine|sudan|suriname|\
    sweden|switzerland|syrian arab republic|tajikistan|thailand|timor leste|togo|trinidad and tobago|tunisia|\
    turkey|turkiye|turkmenistan|tuvalu|uganda|ukraine|united arab emirates|united kingdom|\
    united kingdom of great britain and northern ireland|united republic of tanzania|united states|\
    united states of america|uruguay|uzbekistan|vanuatu|venezuela|venezuela bolivarian republic of|viet nam|yemen|\
    zambia|zimbabwe";
