//! Every key of the configuration, in one table: its reader and its JSON Schema are made from it.

pub(super) mod own;

/// A table of the configuration, or a key above all tables.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) about: &'static str,
    /// What is in it.
    pub(super) shape: Shape,
    /// Each entry has at least one of these keys.
    pub(super) either: &'static [&'static str],
}

/// What is in a table.
#[derive(Debug)]
pub(super) enum Shape {
    /// `[[name]]`, as often as wanted, each with these keys.
    Many(&'static [Key]),
    /// `[name]`, in which a rule or a family is given a level, or a table with [`LEVEL`] and the options of the rule.
    Rules,
    /// `[name]`, with these keys.
    One(&'static [Key]),
    /// `[name.NAME]`, with these keys.
    Named(&'static [Key]),
    /// `name = ...`, above all tables.
    Value(Value),
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    /// Its name.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) value: Value,
    /// Whether it has to be there.
    pub(super) required: bool,
    /// What it says.
    pub(super) about: &'static str,
}

/// What a key may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    /// A text that is not empty.
    Text,
    /// A pattern for files, or a list of them.
    Patterns,
    /// A pattern for files and folders, or a list of them.
    Excludes,
    /// The severity from which on a run fails.
    FailOn,
    /// The id of a rule, or a list of them.
    Rules,
    /// A JSON Pointer.
    Pointer,
    /// The fingerprint of a finding.
    Fingerprint,
    /// A day.
    Day,
    /// The name of a column, or a list of them.
    Columns,
    /// A character of ASCII.
    Character,
    /// True or false.
    Flag,
    /// A form in which values are written.
    Form,
    /// A body with a range of its sessions or years.
    Complete,
    /// What `format` does.
    Formats,
    /// The level of a rule.
    Level,
    /// Levels by the names of rules and families.
    Levels,
    /// The id of a rule of the project.
    OwnId,
    /// A schema or a kind, or a list of them.
    Schemas,
    /// A JSON Pointer in which `*` is each item or member.
    Path,
    /// A JSON Pointer, or a list of them.
    Pointers,
    /// A JSON Pointer in which `*` is each item or member, or a list of them.
    Paths,
    /// What values must be, by pointers to them.
    Condition,
    /// A regular expression.
    Pattern,
    /// Where values must differ.
    Among,
    /// A whole number.
    Number,
    /// A list of texts.
    Texts,
    /// A table of texts, numbers and flags.
    Constants,
    /// A table with these keys.
    Inline(&'static [Key]),
}

/// The tables, and the keys above them, sorted.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "allow",
        about: "Findings that are accepted, with a reason: of a rule, in a record, at a value, or all of these.",
        shape: Shape::Many(ALLOW),
        either: &["rule", "fingerprint"],
    },
    Table {
        name: "exclude",
        about: "Files and folders that do not exist for a run: a pattern from the folder of the configuration, or a list of them. A pattern that matches a folder excludes everything in it. Write it above all tables.",
        shape: Shape::Value(Value::Excludes),
        either: &[],
    },
    Table {
        name: "extends",
        about: "Another configuration of the project, whose settings hold where this one does not set them: its path, seen from this file. Write it above all tables.",
        shape: Shape::Value(Value::Text),
        either: &[],
    },
    Table {
        name: "fail-on",
        about: "The lowest severity that makes the exit code of `check` 1, unless `--fail-on` says otherwise. Write it above all tables.",
        shape: Shape::Value(Value::FailOn),
        either: &[],
    },
    Table {
        name: "overrides",
        about: "Levels of rules in some files, which stay context for the others. Of several entries about a file and a rule, the last decides.",
        shape: Shape::Many(OVERRIDES),
        either: &[],
    },
    Table {
        name: "records",
        about: "Which files hold records. The first entry that matches a file decides; without an entry, every file of the project counts that ends in .json, .jsonl, .ndjson, .yaml or .yml. Files that end in .md or .markdown are read if a pattern writes out that ending.",
        shape: Shape::Many(RECORDS),
        either: &[],
    },
    Table {
        name: "registers",
        about: "Tables of documents that exist elsewhere: each row has a key that records may cite. The first entry that matches a file decides, and no table holds records.",
        shape: Shape::Many(REGISTERS),
        either: &[],
    },
    Table {
        name: "rule",
        about: "A rule of the project: what must hold in records of some kind, and what to report otherwise. It has exactly one check.",
        shape: Shape::Many(own::RULE),
        either: own::CHECKS,
    },
    Table {
        name: "rules",
        about: "Levels of rules, or of all rules of a family. The level of a rule overrides that of its family. The table of a rule also sets its options.",
        shape: Shape::Rules,
        either: &[],
    },
    Table {
        name: "schemas",
        about: "How the schemas of the project are read. The bundled schemas stay as they are.",
        shape: Shape::One(SCHEMAS),
        either: &[],
    },
    Table {
        name: "spaces",
        about: "Settings for the keys of a namespace, which `x-defines` and `x-cites` name. They override what the schemas say.",
        shape: Shape::Named(SPACES),
        either: &[],
    },
];

pub(super) const ALLOW: &[Key] = &[
    Key {
        name: "rule",
        value: Value::Rules,
        required: false,
        about: "The rule whose findings are accepted, or a list of rules; required where there is no `fingerprint`.",
    },
    Key {
        name: "record",
        value: Value::Text,
        required: false,
        about: "The id of the record; without it, every record.",
    },
    Key {
        name: "pointer",
        value: Value::Pointer,
        required: false,
        about: "JSON Pointer, from the root of the record, to the value at or below which they are accepted. An item of a list is named by its key, where its schema declares one, or by its index.",
    },
    Key {
        name: "fingerprint",
        value: Value::Fingerprint,
        required: false,
        about: "The fingerprint of the one finding that is accepted, as reports and the baseline have it.",
    },
    Key { name: "reason", value: Value::Text, required: true, about: "Why they are accepted." },
    Key {
        name: "until",
        value: Value::Day,
        required: false,
        about: "The last day on which they are, held against --as-of.",
    },
];

pub(super) const OVERRIDES: &[Key] = &[
    Key {
        name: "files",
        value: Value::Excludes,
        required: true,
        about: "The files and folders: a pattern from the folder of the configuration, or a list of them. A pattern that matches a folder includes everything in it.",
    },
    Key {
        name: "rules",
        value: Value::Levels,
        required: true,
        about: "The levels of rules, or of all rules of a family, in these files.",
    },
];

pub(super) const RECORDS: &[Key] = &[
    Key {
        name: "files",
        value: Value::Patterns,
        required: true,
        about: "The files: a pattern from the folder of the configuration, or a list of them. `*` stays within a folder, `**` matches folders, `{a,b}` matches either. `{year}` matches a year and gives each record this value.",
    },
    Key {
        name: "exclude",
        value: Value::Excludes,
        required: false,
        about: "Files and folders that `files` matches and that this entry is not about: a pattern or a list of them. A pattern that matches a folder excludes everything in it.",
    },
    Key {
        name: "schema",
        value: Value::Text,
        required: false,
        about: "The schema of their records: a schema file of the project, or a kind that `rapporteur schema` lists. Without it the `kind` of a record decides.",
    },
    Key {
        name: "set",
        value: Value::Constants,
        required: false,
        about: "Values of their records, such as `{event = \"board\", language = \"en\"}`: a record that does not have the property gets it.",
    },
];

pub(super) const REGISTERS: &[Key] = &[
    Key {
        name: "files",
        value: Value::Patterns,
        required: true,
        about: "The tables: .csv and .tsv with a header, or lists of objects in JSON, JSON Lines or YAML. A pattern from the folder of the configuration, or a list of them.",
    },
    Key {
        name: "space",
        value: Value::Text,
        required: true,
        about: "The namespace of the keys, as the schemas name it.",
    },
    Key {
        name: "key",
        value: Value::Columns,
        required: true,
        about: "The column, or the member of the objects, that holds the key; a list of them for a key made of several values.",
    },
    Key {
        name: "date",
        value: Value::Text,
        required: false,
        about: "The column with the date of the thing, as 2011-05-19 or 19 May 2011.",
    },
    Key {
        name: "complete",
        value: Value::Complete,
        required: false,
        about: "What the tables list without a gap: `{body = \"General Assembly\", sessions = \"60-65\"}`, or `years` for the Security Council and the Economic and Social Council; or `{series = \"A/65/L.\"}` for all documents whose symbol begins so. A citation of one that is not there is reported.",
    },
    Key {
        name: "separator",
        value: Value::Character,
        required: false,
        about: "The character between two cells; by default a tab in .tsv and a comma in .csv.",
    },
];

pub(super) const SCHEMAS: &[Key] = &[Key {
    name: "format",
    value: Value::Formats,
    required: false,
    about: "`assertion`: a value that does not have the `format` that its schema names is an error of the rule `schema`. `annotation`: `format` only describes the value. By default it is an assertion.",
}];

pub(super) const SPACES: &[Key] = &[
    Key {
        name: "complete",
        value: Value::Flag,
        required: false,
        about: "true: every cited key must be among the records or in a register; false: it may be elsewhere. By default each schema decides for its citations.",
    },
    Key {
        name: "form",
        value: Value::Form,
        required: false,
        about: "How keys are read for which the schemas name no form, and so when two are equal.",
    },
];

/// The key of the table of a rule or a family, beside the options of the rule.
pub(super) const LEVEL: Key =
    Key { name: "level", value: Value::Level, required: false, about: "The level of the rule." };

/// The names of the tables and of the keys above them.
pub(super) fn tables() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).collect()
}

/// What to do with a key that belongs above all tables, if it is one.
pub(super) fn above_tables(name: &str) -> Option<String> {
    let values = TABLES.iter().filter(|table| matches!(table.shape, Shape::Value(_)));
    values.map(|table| table.name).find(|above| *above == name).map(|above| {
        format!(
            "write `{above} = ...` above the first table: below a header such as `[[records]]`, it belongs to that table"
        )
    })
}

/// The names of these keys.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
