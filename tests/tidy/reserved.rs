//! What one module does and no other.

/// Words that only some files may say, and why.
pub(crate) struct Reserved {
    pub(crate) words: &'static [&'static str],
    pub(crate) within: &'static [&'static str],
    pub(crate) why: &'static str,
}

/// Every one of them.
pub(crate) const RESERVED: &[Reserved] = &[
    Reserved {
        words: &["fs", "OpenOptions", "is_file", "is_dir", "metadata", "canonicalize"],
        within: &["src/input.rs", "src/input/"],
        why: "one module touches the disk, so that everything else is a pure function",
    },
    Reserved {
        words: &["println", "eprintln", "print", "eprint", "stdout", "stderr", "exit", "ExitCode"],
        within: &["src/cli.rs", "src/cli/", "src/main.rs"],
        why: "the command line owns the streams and the exit code",
    },
    Reserved {
        words: &["miette"],
        within: &["src/output/full"],
        why: "findings know of no output",
    },
    Reserved { words: &["quick_xml"], within: &["src/output/"], why: "only outputs are XML" },
    Reserved {
        words: &["jsonschema", "referencing"],
        within: &["src/schema/"],
        why: "the generic access to trees changes between releases of the validator",
    },
    Reserved {
        words: &["gen_lsp_types", "lsp_server"],
        within: &["src/server.rs", "src/server/"],
        why: "the protocol's types change between releases",
    },
    Reserved {
        words: &["ThreadPoolBuilder", "build_global"],
        within: &["src/cli/threads.rs", "src/analysis/reread/tests.rs"],
        why: "the library works in the pool that it is called in",
    },
    Reserved {
        words: &["clap"],
        within: &["src/cli.rs", "src/cli/"],
        why: "arguments are read once",
    },
    Reserved {
        words: &["Serialize", "Deserialize"],
        within: &[
            "src/output/",
            "src/cli/",
            "src/vocabulary/",
            "src/server/",
            "src/corpus/",
            "src/fact/sketch.rs",
            "src/calendar/",
            "src/source.rs",
            "src/sources.rs",
            "src/tree.rs",
        ],
        why: "a format owns its shape, and so do the protocol and what is kept of records; findings have none",
    },
    Reserved {
        words: &["TcpStream", "UdpSocket", "TcpListener", "Command", "SystemTime"],
        within: &[
            "src/cli.rs",
            "src/cli/completions.rs",
            "src/cli/man.rs",
            "src/cli/reports.rs",
            "src/cli/threads.rs",
        ],
        why: "a check needs no network, no other program and no clock; `Command` is of the arguments",
    },
];
