//! The least that a checker of JSON records has to do: walk the folder, read each file, and parse it into
//! `serde_json::Value`. The times of rapporteur are given as multiples of this.
//!
//!     floor FOLDER THREADS
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement stops at what goes wrong"
)]

use std::{env, fs, hint::black_box, path::Path};

use rayon::prelude::*;
use serde_json::{Deserializer, Value};
use walkdir::WalkDir;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, threads] = arguments.as_slice() else { panic!("floor FOLDER THREADS") };
    let threads = threads.parse().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files: Vec<_> = entries.filter(|entry| is_json(entry.path())).collect();
    let records: usize =
        pool.install(|| files.par_iter().map(|entry| read_values(entry.path())).sum());
    println!("{records} records");
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json" || ending == "jsonl")
}

/// Parses one value after the other, and returns how many there are.
fn read_values(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap();
    let mut count = 0;
    for value in Deserializer::from_slice(&bytes).into_iter::<Value>() {
        black_box(value.unwrap());
        count += 1;
    }
    count
}
