//! Writes a corpus and measures nothing.
//!
//!     corpus FOLDER MEETINGS [json|yaml|lines] [--first-statements N] [--only KIND]
//!
//! Each meeting has eleven records, four of them statements. The first meeting can have any number of statements.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a generator stops at what goes wrong"
)]

#[path = "../generator.rs"]
mod generator;
#[path = "../layout.rs"]
mod layout;

use std::{env, path::Path};

use layout::{Form, Shape};

fn main() {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().expect("a folder");
    let mut shape = Shape::even(arguments.next().expect("a number of meetings").parse().unwrap());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "json" => shape.form = Form::Json,
            "yaml" => shape.form = Form::Yaml,
            "lines" => shape.form = Form::Lines,
            "--first-statements" => {
                shape.first_statements = arguments.next().expect("a number").parse().unwrap();
            }
            "--only" => shape.only = Some(arguments.next().expect("a kind of record")),
            other => panic!("{other}: not understood"),
        }
    }
    let files = layout::write(Path::new(&folder), &shape).unwrap();
    println!("{} files", files.len());
}
