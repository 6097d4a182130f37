//! Any messages of an editor are answered or refused. Each line of the input is one message, so that the engine need not find out
//! the lengths in the headers.
#![no_main]

use std::io::{BufReader, Cursor};

use libfuzzer_sys::fuzz_target;
use rapporteur::{
    rule::RuleSet,
    server::{Settings, serve},
};

// No such folder is on the disk, so that only what the editor has open counts.
const HELLO: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"rootUri":"file:///no-such-folder"}}
{"jsonrpc":"2.0","method":"initialized","params":{}}"#;

fuzz_target!(|data: &[u8]| {
    let messages = HELLO.as_bytes().split(|byte| *byte == b'\n').chain(data.split(|byte| *byte == b'\n'));
    let mut input = Vec::new();
    for message in messages {
        input.extend(format!("Content-Length: {}\r\n\r\n", message.len()).bytes());
        input.extend(message);
    }
    let settings = Settings { rules: RuleSet::bundled(), pages: None };
    let mut output = Vec::new();
    let _ = serve(BufReader::new(Cursor::new(input)), &mut output, settings);
});
