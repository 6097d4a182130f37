//! Puts the entries of all files into groups.

use rayon::prelude::*;

use super::{Contribution, Group, Identities, Member};

/// The groups of a run, in an order that does not depend on threads.
#[must_use]
pub fn groups<'c>(
    files: &'c [Contribution],
    complete: bool,
    identities: &'c Identities,
) -> Vec<Group<'c>> {
    let mut members: Vec<Member<'_>> = files
        .iter()
        .enumerate()
        .flat_map(|(source, file)| {
            let source = source as u32;
            file.entries.iter().map(move |entry| Member { file, entry, source })
        })
        .collect();
    // The sort is stable, so the entries of one record stay in the order of the text.
    members.par_sort_by_key(|member| (member.entry.hash, member.source, member.entry.record));
    members
        .chunk_by(|a, b| a.entry.hash == b.entry.hash)
        .flat_map(|chunk| split(chunk, complete, identities))
        .collect()
}

/// One group for each key of members whose hashes are equal: nearly always just one.
fn split<'c>(chunk: &[Member<'c>], complete: bool, identities: &'c Identities) -> Vec<Group<'c>> {
    let mut groups: Vec<Group<'c>> = Vec::new();
    for member in chunk {
        let key = member.key();
        match groups.iter_mut().find(|group| group.members[0].key() == key) {
            Some(group) => group.members.push(*member),
            None => groups.push(Group::new(key.0, vec![*member], complete, identities)),
        }
    }
    groups
}
