//! Files that no secretariat would write: the real records cut, flipped, spliced and poisoned, and texts
//! built to exhaust a reader. The same seed gives the same files on every machine.

#[path = "markdown.rs"]
mod markdown;

use std::{fmt::Write as _, fs, path::PathBuf, sync::LazyLock};

use markdown::markdown;

/// Changing it changes every file.
const SEED: u64 = 0x2011_0519;

/// A file to check.
pub(crate) struct Hostile {
    /// What was done to it, and its ending.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether it certainly cannot be read to its end, so that an error must be found.
    pub(crate) broken: bool,
}

/// `SplitMix64`, by Sebastiano Vigna; in the public domain.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, or 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }
}

/// The real records: name and text.
pub(crate) fn records() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("records/itd-migration-2011");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    found.sort();
    assert!(found.len() > 20, "the records were not found");
    found
}

/// All of them, made once for all tests.
pub(crate) fn all() -> &'static [Hostile] {
    static ALL: LazyLock<Vec<Hostile>> = LazyLock::new(make);
    &ALL
}

fn make() -> Vec<Hostile> {
    let mut random = Random(SEED);
    let mut files = Vec::new();
    for (name, text) in &records() {
        cut(name, text, &mut random, &mut files);
        flipped(name, text, &mut random, &mut files);
        spliced(name, text, &mut random, &mut files);
        poisoned(name, text, &mut files);
        encoded(name, text, &mut random, &mut files);
        renamed(name, text, &mut files);
    }
    built(&mut files);
    markdown(&mut random, &mut files);
    for (number, file) in files.iter_mut().enumerate() {
        file.path = format!("{number:04}-{}", file.path);
    }
    files
}

fn add(files: &mut Vec<Hostile>, what: &str, name: &str, bytes: impl Into<Vec<u8>>) {
    files.push(Hostile { path: format!("{what}-{name}"), bytes: bytes.into(), broken: false });
}

fn is_json(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "json")
}

/// Cut at any byte, and right after each kind of mark.
fn cut(name: &str, text: &str, random: &mut Random, files: &mut Vec<Hostile>) {
    let mut places: Vec<usize> = (0..4).map(|_| random.below(text.len())).collect();
    for mark in ["\"", ":", ",", "{", "[", "  ", "null", "\n", "é", "-"] {
        let found: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
        if let Some(at) = found.get(random.below(found.len())) {
            // Inside the mark where it has an inside: half a keyword, half a character.
            places.push(at + mark.len().min(1 + random.below(mark.len())));
        }
    }
    for at in places {
        let bytes = text.as_bytes()[..at].to_vec();
        // A JSON object that is not closed is never whole.
        files.push(Hostile { path: format!("cut-{name}"), bytes, broken: is_json(name) });
    }
}

fn flipped(name: &str, text: &str, random: &mut Random, files: &mut Vec<Hostile>) {
    for flips in [1, 1, 1, 2, 5, 20, 100] {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..flips {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
        }
        add(files, "flipped", name, bytes);
    }
}

fn spliced(name: &str, text: &str, random: &mut Random, files: &mut Vec<Hostile>) {
    for round in 0..6 {
        let (a, b) = (random.below(text.len()), random.below(text.len()));
        let (from, to) = (a.min(b), a.max(b));
        let bytes = text.as_bytes();
        let spliced = match round % 3 {
            0 => [&bytes[..from], &bytes[to..]].concat(),
            1 => [&bytes[..to], &bytes[from..]].concat(),
            _ => [&bytes[to..], &bytes[from..to], &bytes[..from]].concat(),
        };
        add(files, "spliced", name, spliced);
    }
}

/// What moves a cursor, changes a terminal, or turns the order of a line.
const POISON: [&str; 4] = [
    "\u{1b}[2J\u{1b}]0;x\u{7}",
    "\u{202e}\u{2066}",
    "\u{0}\u{8}\u{7f}\u{9b}31m",
    "\u{feff}\u{2028}",
];

/// Control and bidirectional characters in every string, raw and escaped.
fn poisoned(name: &str, text: &str, files: &mut Vec<Hostile>) {
    for poison in POISON {
        add(files, "poisoned", name, inside_strings(text, poison));
        let mut escaped = String::new();
        for unit in poison.encode_utf16() {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
        add(files, "escaped", name, inside_strings(text, &escaped));
    }
}

/// `text` with `what` after every opening quotation mark, or after every `: ` where there are none.
fn inside_strings(text: &str, what: &str) -> String {
    let mut poisoned = String::with_capacity(text.len() * 2);
    let mut is_open = false;
    for c in text.chars() {
        poisoned.push(c);
        if c == '"' {
            is_open = !is_open;
            if is_open {
                poisoned.push_str(what);
            }
        }
    }
    if poisoned.len() < text.len() + 20 * what.len() {
        return text.replace(": ", &format!(": {what}"));
    }
    poisoned
}

/// Line breaks, marks and bytes of other times and systems.
fn encoded(name: &str, text: &str, random: &mut Random, files: &mut Vec<Hostile>) {
    add(files, "crlf", name, text.replace('\n', "\r\n"));
    add(files, "cr", name, text.replace('\n', "\r"));
    let mixed = text.split_inclusive('\n').enumerate().map(|(number, line)| match number % 3 {
        0 => format!("\u{feff}{line}"),
        1 => line.replace('\n', "\r\n"),
        _ => line.replace('\n', "\n\r"),
    });
    add(files, "mixed", name, mixed.collect::<String>());
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bad: [&[u8]; 4] = [&[0xff], &[0xc0, 0x80], &[0xed, 0xa0, 0x80], &[0xf4, 0x90, 0x80, 0x80]];
    let mut bytes = text.as_bytes().to_vec();
    let at = random.below(bytes.len());
    bytes.splice(at..at, bad[random.below(bad.len())].iter().copied());
    for (what, bytes) in [("utf16", [&[0xff, 0xfe], &*utf16].concat()), ("bytes", bytes)] {
        files.push(Hostile { path: format!("{what}-{name}"), bytes, broken: true });
    }
}

/// The text of one syntax under the ending of another.
fn renamed(name: &str, text: &str, files: &mut Vec<Hostile>) {
    for ending in ["json", "yaml", "jsonl"] {
        if !name.ends_with(&format!(".{ending}")) {
            let stem = name.rsplit_once('.').unwrap().0;
            add(files, "renamed", &format!("{stem}.{ending}"), text);
        }
    }
}

/// Texts built to exhaust a reader, or to be understood wrongly.
fn built(files: &mut Vec<Hostile>) {
    nested(files);
    long(files);
    many(files);
    odd(files);
    expanding(files);
    believed(files);
}

fn nested(files: &mut Vec<Hostile>) {
    for depth in [100, 127, 128, 129, 1_000, 200_000] {
        add(files, "nested", "list.json", "[".repeat(depth));
        add(files, "nested", "closed.json", "[".repeat(depth) + &"]".repeat(depth));
        add(files, "nested", "object.json", "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth));
        add(files, "nested", "flow.yaml", "[".repeat(depth) + &"]".repeat(depth));
    }
    for depth in [100, 400] {
        let block = (0..depth).map(|level| format!("{}a:\n", " ".repeat(level)));
        add(files, "nested", "block.yaml", block.collect::<String>());
    }
    for depth in [1_000, 20_000] {
        add(files, "nested", "dashes.yaml", "- ".repeat(depth));
        add(files, "nested", "keys.yaml", "? ".repeat(depth));
    }
}

fn long(files: &mut Vec<Hostile>) {
    let letter = |text: &str| {
        format!(
            "{{\"id\": \"l\", \"kind\": \"letter\", \"title\": \"{text}\", \"language\": \"en\", \
             \"author\": {{\"name\": \"A B\"}}}}"
        )
    };
    add(files, "long", "line.json", letter(&"x".repeat(10_000_000)));
    add(files, "long", "wrong.json", letter(&"é".repeat(1_000_000)).replace("\"en\"", "1"));
    add(files, "long", "symbols.json", letter(&"A/RES/65/170 ".repeat(5_000)));
    add(files, "long", "slashes.json", letter(&"A/".repeat(100_000)));
    add(files, "long", "roman.json", letter(&"A/RES/1 (MMMMMMMMMMMMMMMM) ".repeat(2_000)));
    add(files, "long", "marks.json", letter(&"e\u{301}\u{302}\u{303}".repeat(50_000)));
    add(files, "long", "digits.json", letter("1").replace("\"1\"", &"9".repeat(1_000_000)));
    add(files, "long", "key.json", format!("{{\"{}\": 1}}", "k".repeat(1_000_000)));
    add(files, "long", "key.yaml", format!("{}: 1", "k".repeat(100_000)));
    add(files, "long", "plain.yaml", format!("a: {}", "word ".repeat(100_000)));
    add(files, "long", "comment.yaml", "#".repeat(1_000_000));
    add(files, "long", "blanks.json", " ".repeat(1_000_000));
    add(files, "long", "lines.jsonl", "\n".repeat(200_000));
}

fn many(files: &mut Vec<Hostile>) {
    // Of a kind, so that a schema looks at every key.
    let keys = "\"a\":1,".repeat(5_000);
    add(files, "many", "same.json", format!("{{\"kind\":\"register\",{keys}\"a\":1}}"));
    add(files, "many", "same.yaml", "kind: register\n".to_owned() + &"a: 1\n".repeat(5_000));
    let different: String = (0..5_000).map(|n| format!("\"k{n}\":{n},")).collect();
    add(files, "many", "different.json", format!("{{\"kind\":\"register\",{different}\"z\":1}}"));
    let wrong = "{\"symbol\":9},".repeat(5_000);
    let wrong = format!("{{\"kind\":\"register\",\"entries\":[{wrong}{{\"symbl\":\"A/1\"}}]}}");
    add(files, "many", "wrong.json", wrong);
    let record =
        "{\"id\":\"r\",\"kind\":\"register\",\"title\":\"R\",\"language\":\"en\",\"entries\":[]}";
    add(files, "many", "records.jsonl", format!("{record}\n").repeat(500));
    add(files, "many", "records.json", format!("[{}{record}]", format!("{record},").repeat(500)));
    add(files, "many", "garbage.jsonl", "{]\n\n  \nnull\n\"x\"\n".repeat(300));
    let slot = "{\"kind\":\"panel\",\"start\":\"10:00\",\"end\":\"09:00\",\"title\":\"T\",\"speakers\":[]},";
    let programme = |slots: &str| {
        format!(
            "{{\"id\":\"p\",\"kind\":\"programme\",\"title\":\"P\",\"language\":\"en\",\
             \"date\":\"2011-05-19\",\"slots\":[{}]}}",
            slots.trim_end_matches(',')
        )
    };
    add(files, "many", "slots.json", programme(&slot.repeat(300)));
    add(files, "many", "overlaps.json", programme(&slot.replace("09:00", "18:00").repeat(300)));
    add(files, "many", "elements.json", format!("[{}1]", "1,".repeat(5_000)));
}

fn odd(files: &mut Vec<Hostile>) {
    let odd: [(&str, &[u8]); 34] = [
        ("empty.json", b""),
        ("empty.yaml", b""),
        ("empty.jsonl", b""),
        ("blank.json", b" \t\r\n"),
        ("nul.json", b"\0"),
        ("nul.yaml", b"a: \0\n"),
        ("nuls.json", b"{\"a\0\": \"\0\"}"),
        ("bom.json", b"\xef\xbb\xbf"),
        ("boms.json", b"\xef\xbb\xbf\xef\xbb\xbf{}"),
        ("bom.yaml", b"\xef\xbb\xbf"),
        ("half-bom.json", b"\xef\xbb"),
        ("high.json", br#"{"kind": "\ud800"}"#),
        ("low.json", br#"{"\udc00": 1}"#),
        ("swapped.json", br#"{"kind": "\udc00\ud800"}"#),
        ("high-yaml.yaml", br#"kind: "\ud800""#),
        ("beyond.yaml", br#"kind: "\U00110000""#),
        ("escape.json", br#"{"kind": "\u12"}"#),
        ("backslash.json", br#"{"kind": "\"#),
        ("huge-number.json", b"{\"session\": 1e999999999}"),
        ("tiny-number.json", b"{\"session\": -0.0e-999999999}"),
        ("leading-zero.json", b"[01]"),
        ("nan.json", b"[NaN, Infinity, -Infinity]"),
        ("nan.yaml", b"[.nan, .inf, -.inf, 0x7fffffffffffffffffff, 0o9, 1_000]"),
        ("scalar.json", b"\"kind\""),
        ("scalar.yaml", b"--- |9\n x"),
        ("tag.yaml", b"!!python/object/apply:os.system [\"x\"]"),
        ("tags.yaml", b"!<tag:%zz> &a !b *a"),
        ("directive.yaml", b"%YAML 9.9\n%TAG ! !\n%\n---\n"),
        ("documents.yaml", b"---\na: 1\n---\nb: 2\n...\n...\n---\n"),
        ("complex-key.yaml", b"? [a, {b: c}]\n: &x\n? *x\n: *x\n? |\n  k\n: 1"),
        ("tabs.yaml", b"a:\n\t- b\n\t\tc: d\n"),
        ("indent.yaml", b"    a: 1\n  b: 2\n c: 3\nd: 4"),
        ("quotes.yaml", b"a: 'it''s\n\n\n b\": \"c\\\n d"),
        ("two.json", b"{} {}"),
    ];
    for (name, bytes) in odd {
        add(files, "odd", name, bytes);
    }
}

fn expanding(files: &mut Vec<Hostile>) {
    for levels in [5, 9, 30] {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..levels {
            let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
            let _ = writeln!(bomb, "a{level}: &a{level} [{aliases}]");
        }
        add(files, "bomb", "lists.yaml", bomb.clone());
        let merged = bomb.replace('[', "{<<: [").replace(']', "]}");
        add(files, "bomb", "merge.yaml", merged);
    }
    add(files, "bomb", "self.yaml", "a: &a\n  b: *a\n  <<: *a\n");
    add(files, "bomb", "unknown.yaml", "a: *gone\n");
    let anchors: String = (0..5_000).map(|n| format!("- &a{n} x\n")).collect();
    add(files, "bomb", "anchors.yaml", anchors + "- *a0\n- *a4999\n");
    let text = format!("a: &a {}\nb:\n{}", "long ".repeat(2_000), "- *a\n".repeat(2_000));
    add(files, "bomb", "text.yaml", text);
}

/// Values that are believed: ids, kinds, schemas, dates, times, symbols.
fn believed(files: &mut Vec<Hostile>) {
    let values = [
        "",
        "/",
        "../../../../etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:1/schema.json",
        "https://json-schema.org/draft/2020-12/schema",
        "#/$defs/x",
        "letter.schema.json#",
        "-1",
        "99999999999999999999999999",
        "9999-99-99",
        "-999999-01-01",
        "2011-02-30T25:61:61+99:99",
        "24:00",
        "Thursday, 32 Mai 99999",
        "A/RES/99999999999999999999/1",
        "A/RES/0/0 (ZZZ)",
        "S/RES/4294967296 (4294967296)",
        "A/ES-999999999999/1/Add.18446744073709551616",
        "İIıſKÅ",
        "\\u0000",
        "{{{{%s%n}}}}",
    ];
    for (number, value) in values.iter().enumerate() {
        let record = format!(
            "{{\"$schema\": \"{value}\", \"id\": \"{value}\", \"kind\": \"{value}\", \"title\": \"{value}\"}}"
        );
        add(files, "believed", &format!("{number}.json"), record.clone());
        for (name, text) in records().iter().filter(|(name, _)| {
            name.starts_with("programme-f") || name.starts_with("res") || name.starts_with("itd")
        }) {
            let mut inserted = String::with_capacity(text.len());
            for line in text.lines() {
                let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
                match quotes.as_slice() {
                    // The value of a member, not `kind`, which chooses the schema.
                    [.., from, to]
                        if quotes.len().is_multiple_of(4) && !line.contains("\"kind\"") =>
                    {
                        let _ = writeln!(inserted, "{}{value}{}", &line[..=*from], &line[*to..]);
                    }
                    [from, to] if name.starts_with("itd") => {
                        let _ = writeln!(inserted, "{}{value}{}", &line[..=*from], &line[*to..]);
                    }
                    _ => inserted.extend([line, "\n"]),
                }
            }
            add(files, "believed", name, inserted);
        }
    }
}
