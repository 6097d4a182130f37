//! The exceptions about one record, by the value that each is about.

use std::collections::HashMap;

/// Numbers of exceptions, by their pointers.
#[derive(Default)]
pub(super) struct Pointers<'e> {
    /// Those about the whole record.
    whole: Vec<usize>,
    /// The number of the place that a name or an index leads to from another one; the root is number 0.
    next: HashMap<(usize, &'e str), usize>,
    /// By the number of the place.
    at: Vec<Vec<usize>>,
}

impl<'e> Pointers<'e> {
    pub(super) fn add(&mut self, number: usize, pointer: Option<&'e str>) {
        let Some(pointer) = pointer else { return self.whole.push(number) };
        let mut place = 0;
        for token in pointer.split('/') {
            let new = self.next.len() + 1;
            place = *self.next.entry((place, token)).or_insert(new);
        }
        self.at.resize_with(self.next.len() + 1, Vec::new);
        self.at[place].push(number);
    }

    /// Those about the value of a finding, or about what that is in. The finding has two pointers, which name the items of
    /// lists in two ways.
    pub(super) fn around(&self, pointer: &str, other: &str) -> Vec<usize> {
        let mut found = self.whole.clone();
        let mut places = vec![0];
        for (token, other) in pointer.split('/').zip(other.split('/')) {
            let tokens = if token == other { &[token][..] } else { &[token, other] };
            let ways = places.iter().flat_map(|place| tokens.iter().map(|token| (*place, *token)));
            places = ways.filter_map(|way| self.next.get(&way).copied()).collect();
            found.extend(places.iter().flat_map(|place| &self.at[*place]));
            if places.is_empty() {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_about_the_values_above_it() {
        let pointers = [None, Some(""), Some("/slots/0"), Some("/slots/s1/who"), Some("/slots/1")];
        let mut all = Pointers::default();
        for (number, pointer) in pointers.into_iter().enumerate() {
            all.add(number, pointer);
        }
        let around = |pointer, other| {
            let mut found = all.around(pointer, other);
            found.sort_unstable();
            found
        };
        assert_eq!(around("/slots/0/who", "/slots/s1/who"), [0, 1, 2, 3]);
        assert_eq!(around("/slots/0/who", "/slots/0/who"), [0, 1, 2]);
        assert_eq!(around("/slots/0", "/slots/s1"), [0, 1, 2]);
        assert_eq!(around("/slots/10", "/slots/10"), [0, 1]);
        assert_eq!(around("", ""), [0, 1]);
        assert_eq!(Pointers::default().around("/a", "/a"), [] as [usize; 0]);
    }

    #[test]
    fn one_of_many_values_has_its_own_exceptions_alone() {
        let pointers: Vec<String> = (0..1_000).map(|n| format!("/slots/{n}/who")).collect();
        let mut all = Pointers::default();
        for (number, pointer) in pointers.iter().enumerate() {
            all.add(number, Some(pointer));
        }
        assert_eq!(all.around("/slots/77/who/0", "/slots/77/who/0"), [77]);
    }
}
