//! Numbers that stand for values while the program runs: equal for equal values, and the same in every run. What is written
//! into a file has other ones, which stay the same in every release: see [`crate::finding::fingerprint`].

use std::hash::{BuildHasher as _, Hash};

use foldhash::quality::FixedState;

const SEEDS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];

/// What stands for a value. Two given values share it by chance in one case of 10^19; among very many values some two do, so
/// whoever groups values by it compares them, or says why not.
#[must_use]
pub fn of(value: impl Hash) -> u64 {
    FixedState::with_seed(SEEDS[0]).hash_one(value)
}

/// What stands for a value: that two values share it by chance happens in no corpus.
#[must_use]
pub fn wide(value: impl Hash) -> u128 {
    let [high, low] = SEEDS.map(|seed| u128::from(FixedState::with_seed(seed).hash_one(&value)));
    high << 64 | low
}

/// What stands for two numbers that stand for values, in this order.
#[must_use]
pub const fn join(first: u64, second: u64) -> u64 {
    let product = (first ^ SEEDS[0]) as u128 * (second ^ SEEDS[1]) as u128;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_have_other_numbers() {
        assert_eq!(of("a"), of(String::from("a")));
        assert_ne!(of(("a", "bc")), of(("ab", "c")));
        assert_ne!(wide("a"), wide("b"));
        assert_ne!(join(of("a"), of("b")), join(of("b"), of("a")));
        assert_ne!(join(join(1, 2), 3), join(1, join(2, 3)));
        let both = wide(b"text".as_slice());
        assert_ne!(both >> 64, both & u128::from(u64::MAX), "each half has a seed of its own");
    }
}
