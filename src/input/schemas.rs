//! The schemas of a project: those that the configuration names, and those that they refer to.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::{
    Buffers,
    links::{self, inside},
    paths::identity,
    reason,
};
use crate::{
    config::{Config, SCHEMA_ENDINGS},
    schema::{self, joined},
    source::{Source, Syntax},
    suggest,
};

/// The schemas of a project, by their paths relative to it.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    /// Those that could be read, sorted by path.
    pub sources: Vec<Source>,
    /// Those that are there and could not be read, and why.
    pub unread: BTreeMap<String, String>,
}

/// The schemas of the project that `config` names, and those that they refer to. What is not there is left out, for the
/// catalogue to miss.
#[must_use]
pub fn schemas(config: &Config, buffers: &Buffers) -> Schemas {
    let root = identity(&config.root, Path::new(""));
    let (mut found, mut unread) = (BTreeMap::new(), BTreeMap::new());
    let mut seen = BTreeSet::new();
    let named = config.entries.iter().filter_map(|entry| entry.schema.as_deref());
    let mut wanted: Vec<String> = named.map(|name| joined("", name)).collect();
    while let Some(path) = wanted.pop() {
        let Some(syntax) = Syntax::of_path(&path).filter(|_| seen.insert(path.clone())) else {
            continue;
        };
        match buffers.read_inside(&root, Path::new(&path)) {
            Ok(bytes) => {
                let source = Source::from_bytes(path.clone(), syntax, bytes);
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let names = schema::references(&source);
                wanted.extend(names.iter().map(|name| joined(folder, name)));
                let uris = schema::absolute_references(&source);
                wanted.extend(uris.iter().filter_map(|uri| by_id(uri, folder, &root, buffers)));
                found.insert(path, source);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                unread.insert(path, reason(&error));
            }
        }
    }
    Schemas { sources: found.into_values().collect(), unread }
}

/// The schema file of the project whose `$id` is this URI: beside the schema in `folder` that refers to it, or in a folder above,
/// at the end of the path of the URI.
fn by_id(uri: &str, folder: &str, root: &Path, buffers: &Buffers) -> Option<String> {
    let (_, after) = uri.split_once("://")?;
    let (_, path) = after.split_once('/')?;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let folders = std::iter::successors(Some(folder), |folder| {
        (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
    });
    let ends = |folder: &str| -> Vec<String> {
        (0..parts.len().min(MOST_PARTS))
            .map(|count| joined(folder, &parts[parts.len() - 1 - count..].join("/")))
            .collect()
    };
    folders.take(MOST_PARTS).flat_map(ends).find(|path| {
        let syntax = Syntax::of_path(path);
        let read = || buffers.read_inside(root, Path::new(path)).ok();
        let source = syntax.zip(syntax.and_then(|_| read()));
        source.is_some_and(|(syntax, bytes)| {
            schema::has_id(&Source::from_bytes(path.clone(), syntax, bytes), uri)
        })
    })
}

/// So many folders above a schema, and so many parts of a URI, are tried.
const MOST_PARTS: usize = 8;

/// What keeps the file that `config` names as a schema from being one, and what to do about it; `None` where nothing says that
/// a file is meant.
#[must_use]
pub fn schema_fault(config: &Config, name: &str, buffers: &Buffers) -> Option<(String, String)> {
    let help = "schemas are named from the folder of the configuration, and are in it or below it";
    let Some(path) = schema::inside(name) else {
        return Some((format!("the schema `{name}` is outside of the project"), help.to_owned()));
    };
    let root = identity(&config.root, Path::new(""));
    let link = root.join(&path);
    let unreadable = |reason: &str, help: &str| {
        Some((format!("the schema `{name}` cannot be read: {reason}"), help.to_owned()))
    };
    let disk = match inside(&root, &link) {
        Ok(disk) => disk,
        Err(error) if links::leads_out(&root, &link) => return unreadable(&reason(&error), help),
        Err(error) => return unreadable(&reason(&error), UNCHECKED),
    };
    if disk.is_dir() {
        let help = near(&disk, "").map(|file| format!("did you mean `{path}/{file}`?"));
        let help = help.unwrap_or_else(|| "name a file in it".to_owned());
        return Some((format!("the schema `{name}` is a folder"), help));
    }
    let is_missing = fs::symlink_metadata(&link).is_err() && !buffers.hold(&disk);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    if is_missing && folder.is_empty() && Syntax::of_path(file).is_none() {
        return None;
    }
    if is_missing {
        let near = near(&root.join(folder), file);
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
        let help = format!("schema files are {SCHEMA_ENDINGS}");
        return Some((format!("the schema `{name}` has an ending of no schema file"), help));
    }
    let error = buffers.read_place(&disk, &link).err()?;
    unreadable(&reason(&error), UNCHECKED)
}

const UNCHECKED: &str = "no record of these files could be checked without it";

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
