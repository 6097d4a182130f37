//! Why a schema that the configuration names is not there.

use std::{fs, path::Path};

use super::{Buffers, reason};
use crate::{
    config::{Config, ENDINGS},
    schema::{inside, joined},
    source::Syntax,
    suggest,
};

/// What keeps the file that `config` names as a schema from being one, and what to do about it; `None` where nothing says that
/// a file is meant.
#[must_use]
pub fn schema_fault(config: &Config, name: &str, buffers: &Buffers) -> Option<(String, String)> {
    let Some(path) = inside(name) else {
        let help = "schemas are named from the folder of the configuration, and lie in or below it";
        return Some((format!("the schema `{name}` lies outside of the project"), help.to_owned()));
    };
    let disk = config.root.join(&path);
    if disk.is_dir() {
        let help = near(&disk, "").map(|file| format!("did you mean `{path}/{file}`?"));
        let help = help.unwrap_or_else(|| "name a file in it".to_owned());
        return Some((format!("the schema `{name}` is a folder"), help));
    }
    let is_missing = fs::symlink_metadata(&disk).is_err() && !buffers.hold(&disk);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    if is_missing && folder.is_empty() && Syntax::of_path(file).is_none() {
        return None;
    }
    if is_missing {
        let near = near(&config.root.join(folder), file);
        let meant = near.map(|near| joined(folder, &near));
        let help = meant.map_or_else(
            || {
                "name a schema file of the project, or a kind that `rapporteur schema` lists"
                    .to_owned()
            },
            |meant| format!("did you mean `{meant}`?"),
        );
        return Some((format!("there is no schema file `{name}`"), help));
    }
    if Syntax::of_path(file).is_none() {
        let help = format!("schema files are {ENDINGS}");
        return Some((format!("the schema `{name}` has an ending of no schema file"), help));
    }
    let error = buffers.read_file(&disk).err()?;
    let help = "no record of these files could be checked without it".to_owned();
    Some((format!("the schema `{name}` cannot be read: {}", reason(&error)), help))
}

/// The schema file in a folder whose name is nearest to this one; the only one there, where no name is given.
fn near(folder: &Path, file: &str) -> Option<String> {
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| Syntax::of_path(name).is_some()).collect();
    names.sort();
    if file.is_empty() {
        return if names.len() == 1 { names.pop() } else { None };
    }
    suggest::nearest(file, names.iter().map(String::as_str)).map(str::to_owned)
}
