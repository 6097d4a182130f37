//! The pairs are held against those of a plain search.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{corpus::Shared, schema::Catalog, testing::with_group};

const SCHEMA: &str = r#"{
    "x-record": {"id": "/id", "status": "/status"},
    "x-version": {"of": ["/of"], "supersedes": "/supersedes"},
    "properties": {"kind": {"const": "plan"}}
}"#;

const STATUS: [&str; 6] = ["draft", "provisional", "final", "final", "adopted", "superseded"];

/// Versions of one record: the id, the status, and the ids of those that each replaces.
type Versions = Vec<(usize, usize, Vec<usize>)>;

/// Calls `look` with the members of the group of these versions.
fn with_members(versions: &Versions, look: impl FnOnce(&[Member<'_, Version>])) {
    let catalog = Catalog::without_bundled(&[("plan.json".into(), SCHEMA.into())]);
    let version = |(id, status, supersedes): &(usize, usize, Vec<usize>)| {
        let supersedes: Vec<String> = supersedes.iter().map(|id| format!("p{id}")).collect();
        json!({
            "kind": "plan",
            "of": "all",
            "id": format!("p{id}"),
            "status": STATUS[*status],
            "supersedes": supersedes,
        })
        .to_string()
    };
    let texts: Vec<String> = versions.iter().map(version).collect();
    with_group::<Version>(&catalog, &texts, &Shared::default(), |group| look(&group.members));
}

/// The final versions of which none replaces another final one, or is replaced by one.
fn plain_loose(members: &[Member<'_, Version>], pairs: &[Pair]) -> Vec<usize> {
    let is_final = |at: usize| members[at].stage() == Some(FINAL);
    let said = || pairs.iter().filter(|pair| pair.tie == Tie::Said);
    let is_tied = |at: usize| {
        said().any(|pair| {
            let both = is_final(pair.earlier) && is_final(pair.later);
            both && (pair.earlier == at || pair.later == at)
        })
    };
    (0..members.len()).filter(|at| is_final(*at) && !is_tied(*at)).collect()
}

proptest! {
    #[test]
    fn rivals_are_the_final_versions_that_no_other_replaces(
        versions in prop::collection::vec((0..12_usize, 0..6_usize, prop::collection::vec(0..12_usize, 0..3)), 1..12)
    ) {
        let (mut found, mut loose) = (Vec::new(), Vec::new());
        with_members(&versions, |members| {
            found = pairs(members);
            loose = plain_loose(members, &found);
        });
        let rivals: Vec<(usize, usize)> = found
            .iter()
            .filter(|pair| pair.tie == Tie::Rivals)
            .map(|pair| (pair.earlier, pair.later))
            .collect();
        let first = loose.first().copied();
        let expected: Vec<(usize, usize)> =
            loose.iter().skip(1).filter_map(|later| Some((first?, *later))).collect();
        prop_assert_eq!(rivals, expected);
    }
}

#[test]
fn chains_stars_and_circles_have_as_many_pairs_as_versions() {
    const COUNT: usize = 60;
    type Replaced = fn(usize) -> Vec<usize>;
    let shapes: [(&str, Replaced, usize); 4] = [
        ("a chain", |n| if n == 0 { vec![] } else { vec![n - 1] }, COUNT - 1),
        ("a star", |n| if n == 0 { vec![] } else { vec![0] }, COUNT - 1),
        ("a circle", |n| vec![(n + 1) % COUNT], COUNT),
        ("none replaces another", |_| vec![], COUNT - 1),
    ];
    for (shape, replaced, expected) in shapes {
        let versions: Versions = (0..COUNT).map(|n| (n, 2, replaced(n))).collect();
        let mut count = 0;
        with_members(&versions, |members| count = pairs(members).len());
        assert_eq!(count, expected, "{shape}");
    }
}
