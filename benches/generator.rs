//! Made-up meetings of eleven records each, valid, linked, and without a finding. The same numbers give the same
//! records on every machine.

use std::fmt::Write as _;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// How many meetings there can be before the symbols of resolutions run out.
pub(crate) const MAX_MEETINGS: usize = SESSIONS * PER_SESSION;

/// How many statements a meeting has, if nothing else is asked for.
pub(crate) const STATEMENTS: usize = 4;

const FIRST_SESSION: usize = 32;
const SESSIONS: usize = 46;
/// Every session of these had at least as many resolutions.
const PER_SESSION: usize = 200;

/// One meeting.
pub(crate) struct Meeting {
    number: usize,
    statements: usize,
    pub(crate) id: String,
    session: usize,
    random: Random,
}

/// `SplitMix64`, by Sebastiano Vigna; in the public domain.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const GIVEN: [&str; 12] = [
    "Amara", "Beatriz", "Chen", "Dagný", "Élodie", "Farid", "Göran", "Hana", "Ivo", "José",
    "Kőrös", "Łucja",
];
const FAMILY: [&str; 12] = [
    "Abebe",
    "Bergström",
    "Castro",
    "Dlamini",
    "Eriksen",
    "Fernández",
    "Gruber",
    "Haddad",
    "Ibrahim",
    "Jansen",
    "Kowalska",
    "Lindqvist",
];
/// How many people speak at most at one event. A multiple of the number of States, so that everybody
/// speaks for one State.
const SPEAKERS: usize = 1720;
/// Family names for events with many speakers are put together, so that no two are alike.
const BEGINNINGS: [&str; 12] = [
    "Barlo", "Cemba", "Dorin", "Fjell", "Gusta", "Hovan", "Jumbe", "Kripa", "Lenzo", "Mokta",
    "Nyqui", "Pelar",
];
const ENDINGS: [&str; 12] = [
    "badze", "covic", "dstein", "farsson", "guerra", "hultman", "jarvi", "kwame", "lopulos",
    "mendis", "nakata", "petit",
];
const STATES: [&str; 10] = [
    "Chile", "Ghana", "Jordan", "Kenya", "Nepal", "Norway", "Panama", "Samoa", "Senegal",
    "Viet Nam",
];
const WORDS: [&str; 48] = [
    "ports",
    "rivers",
    "harvests",
    "schools",
    "ferries",
    "archives",
    "bridges",
    "clinics",
    "markets",
    "orchards",
    "railways",
    "workshops",
    "carry",
    "measure",
    "repair",
    "publish",
    "compare",
    "store",
    "invite",
    "finance",
    "connect",
    "protect",
    "translate",
    "survey",
    "coastal",
    "regional",
    "annual",
    "modest",
    "shared",
    "reliable",
    "distant",
    "seasonal",
    "public",
    "rural",
    "tested",
    "ordinary",
    "with",
    "across",
    "against",
    "beyond",
    "between",
    "after",
    "slowly",
    "together",
    "often",
    "openly",
    "early",
    "again",
];

impl Meeting {
    /// The meeting of this number.
    pub(crate) fn new(number: usize) -> Self {
        let session = FIRST_SESSION + number % SESSIONS;
        let random = Random(number as u64 ^ 0x7261_7070);
        let id = format!("meeting-{number:05}");
        Self { number, statements: STATEMENTS, id, session, random }
    }

    /// The same meeting with another number of statements.
    pub(crate) const fn with_statements(mut self, statements: usize) -> Self {
        self.statements = statements;
        self
    }

    /// Its records.
    pub(crate) fn records(mut self) -> Vec<Value> {
        let mut records = vec![
            self.event(),
            self.programme(),
            self.letter(
                "invitation",
                self.held().saturating_sub(jiff::Span::new().days(150)),
                None,
            ),
            self.letter(
                "reminder",
                self.held().saturating_sub(jiff::Span::new().days(44)),
                Some(self.held().saturating_sub(jiff::Span::new().days(150))),
            ),
            self.concept_note(),
            self.summary(),
            self.resolution(),
        ];
        records.extend((0..self.statements).map(|number| self.statement(number)));
        records
    }

    fn year(&self) -> i16 {
        1946 + i16::try_from(self.session).unwrap_or(0)
    }

    /// The day of the meeting.
    fn held(&self) -> Date {
        let spread = self.number / SESSIONS;
        date(self.year(), 1 + (spread % 6) as i8, 1 + (spread % 28) as i8)
    }

    fn resolution_number(&self) -> usize {
        1 + self.number / SESSIONS
    }

    /// The symbol of the resolution, and the day of its adoption.
    fn act(&self) -> (String, Date) {
        let symbol = format!("A/RES/{}/{}", self.session, self.resolution_number());
        (symbol, date(self.year() - 1, 12, 20))
    }

    /// An act of a session before, which every record of the meeting is later than. Meetings of the
    /// first session cite acts that no record defines.
    fn earlier(&mut self) -> (String, Date) {
        let round = self.random.below(self.number / SESSIONS + 1);
        match self.random.below(self.number % SESSIONS + 1) {
            0 => (format!("A/RES/31/{}", 1 + round), date(1976, 12, 20)),
            session => Meeting::new(round * SESSIONS + session - 1).act(),
        }
    }

    fn record(&self, part: &str, kind: &str, title: &str) -> Value {
        json!({
            "id": format!("{}-{part}", self.id), "kind": kind, "title": title, "language": "en",
            "event": self.id, "source": {"file": format!("{}.pdf", self.id), "lines": [1, 120]},
        })
    }

    fn sentence(&mut self) -> String {
        let mut text = "The ".to_owned();
        for number in 0..8 + self.random.below(10) {
            if number > 0 {
                text.push(' ');
            }
            text.push_str(self.random.pick(&WORDS));
        }
        text + "."
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    /// Paragraphs, of which each third cites an act with its date, and each fourth names a day.
    fn paragraphs(&mut self, count: usize) -> Vec<String> {
        let held = self.held().strftime("%A, %-d %B %Y").to_string();
        let paragraph = |number: usize| {
            let mut text = self.paragraph(3);
            if number % 3 == 1 {
                let (symbol, adopted) = self.earlier();
                let symbol = symbol.trim_start_matches("A/RES/");
                let adopted = adopted.strftime("%-d %B %Y");
                let _ = write!(text, " See General Assembly resolution {symbol} of {adopted}.");
            }
            if number % 4 == 2 {
                let _ = write!(text, " We met on {held}.");
            }
            text
        };
        (0..count).map(paragraph).collect()
    }

    fn name(&mut self, number: usize) -> String {
        // Names in one list must differ.
        let family = FAMILY[(self.number + number) % FAMILY.len()];
        format!("{} {family}", self.random.pick(&GIVEN))
    }

    fn person(&mut self, number: usize) -> Value {
        let state = STATES[(self.number + number) % STATES.len()];
        json!({
            "name": self.name(number), "honorific": "H.E. Ms.",
            "role": "Minister for Rivers and Ports", "affiliation": format!("Government of {state}"),
        })
    }

    fn event(&mut self) -> Value {
        let (symbol, _) = self.act();
        let held = self.held();
        json!({
            "id": self.id, "kind": "event", "language": "en",
            "name": format!("Thematic Debate No. {} on Rivers and Ports", self.number),
            "aliases": ["the debate"], "organ": "General Assembly", "session": self.session,
            "start": format!("{held}T10:00"), "end": format!("{held}T18:00"),
            "timeZone": "America/New_York", "format": "in-person",
            "venue": {"room": "Conference Room 4", "building": "North Lawn Building", "city": "New York"},
            "mandate": [{"raw": symbol, "role": "pursuant-to", "symbol": symbol}],
            "segments": [
                {"id": "opening", "title": "Opening remarks"},
                {"id": "panel-1", "title": "What rivers carry", "aliases": ["Panel one"]},
                {"id": "panel-2", "title": "What ports keep", "aliases": ["Panel two"]},
            ],
        })
    }

    fn programme(&mut self) -> Value {
        let mut record = self.record("programme", "programme", "Programme");
        let parts = [
            ("opening", "10:00", "10:20", 2),
            ("panel", "10:20", "13:00", 5),
            ("break", "13:00", "15:00", 0),
            ("panel", "15:00", "17:40", 5),
            ("closing", "17:40", "18:00", 1),
        ];
        let slots = parts.iter().enumerate().map(|(number, (kind, start, end, speakers))| {
            json!({
                "id": format!("slot-{number}"), "kind": kind, "start": start, "end": end,
                "title": self.paragraph(1), "chair": [self.person(11)],
                "speakers": (0..*speakers).map(|speaker| self.person(speaker)).collect::<Vec<_>>(),
                "questions": [self.paragraph(1), self.paragraph(1)],
            })
        });
        record["slots"] = slots.collect();
        record["status"] = "final".into();
        record["date"] = self.held().to_string().into();
        record["dateLine"] = self.held().strftime("%A, %-d %B %Y").to_string().into();
        record
    }

    fn letter(&mut self, part: &str, written: Date, follows: Option<Date>) -> Value {
        let title = format!("Letter dated {}", written.strftime("%-d %B %Y"));
        let mut record = self.record(part, "letter", &title);
        let author = format!("{} {}", GIVEN[self.number % 12], FAMILY[self.number / 12 % 12]);
        record["date"] = written.to_string().into();
        record["author"] = json!({"name": author, "role": "President of the General Assembly"});
        record["addressees"] = json!(["All Permanent Representatives", "Permanent Observers"]);
        record["paragraphs"] = self.paragraphs(13).into();
        record["encloses"] =
            json!([{"raw": "programme", "record": format!("{}-programme", self.id)}]);
        record["references"] = follows.iter().map(|date| {
            json!({"raw": "my letter", "role": "follows", "letter": {"from": author, "dated": date.to_string()}})
        }).collect();
        record["signed"] = true.into();
        record
    }

    fn sections(&mut self, count: usize) -> Value {
        let section = |number: usize| {
            json!({
                "segment": format!("panel-{}", 1 + number % 2), "title": self.paragraph(1),
                "paragraphs": self.paragraphs(5),
            })
        };
        (0..count).map(section).collect()
    }

    fn concept_note(&mut self) -> Value {
        let mut record = self.record("concept-note", "concept-note", "Concept note");
        let (symbol, _) = self.act();
        record["references"] = json!([{"raw": symbol, "role": "pursuant-to", "symbol": symbol}]);
        record["announces"] = json!(["President's Summary"]);
        record["sections"] = self.sections(4);
        record
    }

    fn summary(&mut self) -> Value {
        let mut record = self.record("summary", "summary", "President's Summary");
        record["issuedBy"] = "President of the General Assembly".into();
        record["date"] = self.held().saturating_add(jiff::Span::new().days(30)).to_string().into();
        record["transmittedBy"] = format!("{}-reminder", self.id).into();
        record["sections"] = self.sections(4);
        record
    }

    fn resolution(&mut self) -> Value {
        let mut record = self.record("resolution", "resolution", "Rivers and ports");
        let (symbol, adopted) = self.act();
        record["symbol"] = symbol.into();
        record["status"] = "adopted".into();
        record["organ"] = "General Assembly".into();
        record["session"] = self.session.into();
        record["number"] = self.resolution_number().into();
        record["agendaItem"] = "22 (c)".into();
        record["adopted"] = adopted.to_string().into();
        record["meeting"] = json!({"number": 69});
        let preamble = self.paragraphs(8).into_iter();
        record["preamble"] =
            preamble.map(|text| json!({"verb": "Recalling", "text": text})).collect();
        let operative = (1..).zip(self.paragraphs(12));
        record["operative"] =
            operative.map(|(n, text)| json!({"n": n, "verb": "Decides", "text": text})).collect();
        let (cited, date) = self.earlier();
        record["references"] = json!([
            {"raw": cited, "role": "cites", "symbol": cited, "date": date.to_string()},
        ]);
        record["footnotes"] = json!([{"n": 1, "text": format!("See {cited}.")}]);
        record
    }

    fn statement(&mut self, number: usize) -> Value {
        let mut record = self.record(&format!("statement-{number}"), "statement", "Statement");
        // In each tenth meeting one speaker takes the floor twice, so that two texts are compared.
        let who = if self.number.is_multiple_of(10) && number < STATEMENTS {
            number / 2
        } else {
            number % SPEAKERS
        };
        let state = |number: usize| STATES[(self.number + number) % STATES.len()];
        record["delegation"] = state(who).into();
        record["references"] = json!([{
            "raw": "the statement just made", "role": "aligns-with", "delegation": state(0),
        }]);
        let family = match who {
            0..STATEMENTS => FAMILY[self.number % FAMILY.len()].to_owned(),
            _ => format!("{}{}", BEGINNINGS[who / 12 % 12], ENDINGS[who / 144]),
        };
        record["speaker"] = json!({
            "name": format!("{} {family}", GIVEN[who % GIVEN.len()]),
            // Who has the name of a minister on the programme by chance has the same office.
            "role": "Minister for Rivers and Ports",
        });
        record["capacity"] = "floor".into();
        record["segment"] = "panel-1".into();
        record["date"] = self.held().to_string().into();
        record["dateLine"] = self.held().strftime("%-d %B %Y").to_string().into();
        record["paragraphs"] = self.paragraphs(16).into();
        record
    }
}
