//! What came of each file in an earlier run, for whoever checks the same project again and again: an editor checks all of it
//! at every keystroke, and one file has changed.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use siphasher::sip128::SipHasher13;

use super::{Input, file::Checked};

/// What came of the files of one project, under settings that stay the same.
#[derive(Debug, Default)]
pub struct Memory {
    /// Stands for the settings: what was found under others is of no use.
    key: u128,
    files: Mutex<HashMap<PathBuf, Arc<Remembered>>>,
}

/// What came of one file.
#[derive(Debug)]
struct Remembered {
    /// Stands for its bytes.
    bytes: u128,
    /// As what it was read.
    input: Input,
    /// Its number in the run, which stands in the places of allowances.
    number: usize,
    checked: Checked,
}

/// How a run makes use of a memory.
#[derive(Clone, Copy, Debug)]
pub struct Recall<'m> {
    /// What is remembered.
    pub memory: &'m Memory,
    /// Whether a file that is remembered is known to be as it was, so that it need not even be read.
    pub is_current: bool,
}

impl Memory {
    /// Nothing is remembered yet of a project with settings for which `key` stands.
    #[must_use]
    pub fn new(key: u128) -> Self {
        Self { key, ..Self::default() }
    }

    /// What stands for the settings.
    #[must_use]
    pub const fn key(&self) -> u128 {
        self.key
    }

    /// Forgets the file at this absolute path, of which the text has changed.
    pub fn forget(&self, path: &Path) {
        self.files().remove(path);
    }

    fn files(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Arc<Remembered>>> {
        // Whoever panicked while it held the lock had put in nothing, or all of it.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets all files but those of a run.
    pub(super) fn keep(&self, inputs: &[Input]) {
        let kept: HashSet<&Path> = inputs.iter().map(|input| input.disk.as_path()).collect();
        self.files().retain(|path, _| kept.contains(path.as_path()));
    }

    pub(super) fn put(&self, input: &Input, number: usize, bytes: u128, checked: &Checked) {
        let remembered =
            Remembered { bytes, input: input.clone(), number, checked: checked.clone() };
        self.files().insert(input.disk.clone(), Arc::new(remembered));
    }

    /// What came of a file, if it was read as the same and `is_same` says of its bytes that they are.
    pub(super) fn get(
        &self,
        input: &Input,
        number: usize,
        is_same: impl Fn(u128) -> bool,
    ) -> Option<Checked> {
        let found = self.files().get(&input.disk).cloned()?;
        let is_placed = found.number == number || found.checked.allowances.is_empty();
        (is_placed && found.input == *input && is_same(found.bytes)).then(|| found.checked.clone())
    }
}

/// What stands for some bytes: that others share it by chance happens in no corpus.
#[must_use]
pub fn digest(bytes: &[u8]) -> u128 {
    SipHasher13::new().hash(bytes).as_u128()
}
