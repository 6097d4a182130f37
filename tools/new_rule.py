#!/usr/bin/env python3
"""Starts a new rule: python3 tools/new_rule.py FAMILY ID

Writes the page and the file of the rule, and adds its line, its module, a mutation, a row in the table of measurements and a line in
the changelog. What you have to write is marked with TODO; `cargo test` fails until it is written. CONTRIBUTING.md says what goes where.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PAGE = """\
# {id}

TODO: the situation in one sentence, which is also the summary of the rule.

## Why it matters

TODO: what goes wrong for readers or for the secretariat if nobody notices.

## Example

```yaml fails
TODO: a record with one finding of this rule and no other
```

```yaml passes
TODO: the most similar record without a finding
```

## Fix

TODO: what to change in the record.

## What is not reported

* TODO: the cases that look alike and are right.

## Basis

TODO: the provision, with its source, or the record's own contradiction.

## Measured

On the 26 records of `records/`: TODO findings.
"""

RULE = """\
//! TODO: the situation in one sentence.

use crate::{{
    fact::Record,
    finding::{{Family, Severity}},
    rule::{{Check, Findings, Fix, Rule, RuleId}},
}};

pub(crate) static RULE: Rule = Rule {{
    id: RuleId::new("{id}"),
    family: Family::{variant},
    summary: "TODO: the situation, as on the page, without a capital and a full stop",
    level: Some(Severity::Warning),
    since: "{version}",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/{id}.md"),
    options: &[],
    check: Check::Record(check),
}};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {{
    for fact in record.live() {{
        // TODO: match on `fact.meaning`, and report what is wrong:
        let _ = (fact, &findings);
    }}
}}

#[cfg(test)]
mod tests {{
    #[test]
    fn the_rule_has_tests() {{
        // See `src/testing.rs` for records with a caret line under the text of the finding.
        panic!("TODO: a record with a finding, and the most similar one without");
    }}
}}
"""

MUTATION = """\
    mutation(
        "{id}",
        "programme-final.json",
        Replace(&[("TODO: a text that is there once", "TODO: the mistake")]),
        "TODO: a part of the line of the finding",
    ),
"""


class Refused(Exception):
    """What keeps a rule from being started."""


def edit(path, change):
    """Returns the path with its changed text; nothing is written before every change is known to work."""
    text = (ROOT / path).read_text(encoding="utf-8")
    changed = change(text)
    if changed == text:
        raise Refused(f"{path}: no place was found for the rule")
    return ROOT / path, changed


def before_first(pattern, is_after, line, otherwise):
    """Puts `line` before the first match of `pattern` whose name comes after the rule, or else where `otherwise` begins."""

    def change(text):
        for match in re.finditer(pattern, text, re.MULTILINE):
            if is_after(match.group(1)):
                return text[: match.start()] + line + text[match.start() :]
        at = text.find(otherwise)
        return text if at < 0 else text[:at] + line + text[at:]

    return change


def families():
    text = (ROOT / "src/rules.rs").read_text(encoding="utf-8")
    return re.findall(r"^    &(?:(\w+)::)", text, re.MULTILINE)


def changes(family, name):
    if family not in set(families()):
        raise Refused(f"there is no family `{family}`; the families are {', '.join(sorted(set(families())))}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", name):
        raise Refused(f"`{name}` is not an id in kebab-case with at least two words, such as `slots-overlap`")
    snake = name.replace("-", "_")
    page, rule = ROOT / f"docs/rules/{name}.md", ROOT / f"src/rules/{family}/{snake}.rs"
    for path in (page, rule):
        if path.exists():
            raise Refused(f"{path.relative_to(ROOT)} is there already")
    version = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    words = {"id": name, "variant": family.capitalize(), "version": version}
    part = "to_o" if name < "p" else "from_p"
    after = lambda other: other.replace("_", "-") > name
    yield page, PAGE.format(**words)
    yield rule, RULE.format(**words)
    yield edit(f"src/rules/{family}.rs", before_first(r"^pub\(super\) mod (\w+);\n", after, f"pub(super) mod {snake};\n", "\nuse "))
    yield edit("src/rules.rs", before_first(r"^    &\w+::(\w+)::RULE,\n", after, f"    &{family}::{snake}::RULE,\n", "];\n"))
    yield edit(
        f"tests/mutations/table/{part}.rs",
        before_first(r'^    mutation\(\n        "([a-z0-9-]+)",', after, MUTATION.format(**words), "];\n"),
    )
    yield edit("docs/rules.md", lambda text: with_row(text, family, name))
    unreleased = "### Added\n\n"
    yield edit("CHANGELOG.md", lambda text: text.replace(unreleased, f"{unreleased}* The rule `{name}`: TODO.\n", 1))


def with_row(text, family, name):
    """Puts a row into the table of measurements, which has the rules in the order of the families and of their names."""
    head = re.search(r"^## How often the rules were right$", text, re.MULTILINE)
    module = (ROOT / f"src/rules/{family}.rs").read_text(encoding="utf-8")
    others = sorted(other.replace("_", "-") for other in re.findall(r"^pub\(super\) mod (\w+);", module, re.MULTILINE))
    before = [other for other in others if other < name]
    rows = {match.group(1): match for match in re.finditer(r"^\| ([a-z0-9-]+) \|.*\n", text[head.start() :], re.MULTILINE)}
    row = f"| {name} | 0 | – |\n"
    if before and before[-1] in rows:
        at = head.start() + rows[before[-1]].end()
    else:
        at = head.start() + rows[others[0]].start()
    return text[:at] + row + text[at:]


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        written = list(changes(*arguments))
    except Refused as why:
        print(f"error: {why}", file=sys.stderr)
        return 2
    for path, text in written:
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    print("\nWrite what is marked with TODO, then run `just update` and `cargo test`.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
