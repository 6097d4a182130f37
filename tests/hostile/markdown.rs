//! Markdown that no one would write.

use super::{Hostile, Random, add, cut, encoded, flipped, poisoned, spliced};

/// Minutes with something of everything.
const MINUTES: &str = "---\ntitle: Harbour board\ntags: [a, b]\n---\n\n# Minutes of Wednesday, 11 March 2026\n\n\
    - **When**: 16:00-17:00 UTC (9am-10am Pacific Daylight Time)\n- **Chair**: Ada Moss\n\n## Roll call\n\n\
    | Name | Initials | Present |\n|:-----|:--------:|--------:|\n| Ada Moss | AM | YES |\n| Ben Höll | BH | `a \\| b` |\n\n\
    ## Notes\n\nAM: We begin. ~~Not yet.~~\n\nBH: See [the list](../list.md#top).\n\n> quoted\n\n```text\n25:00\n```\n\n\
    - Motion by Ada Moss, seconded by Ben Höll: carried 5-0-1\n  - [x] done\n\n<table><tr><td> a <td> b</table>\n\n\
    ## Next meeting\n\nMarch 25, 2026\n";

pub(super) fn markdown(random: &mut Random, files: &mut Vec<Hostile>) {
    let name = "minutes.md";
    cut(name, MINUTES, random, files);
    flipped(name, MINUTES, random, files);
    spliced(name, MINUTES, random, files);
    poisoned(name, MINUTES, files);
    encoded(name, MINUTES, random, files);
    let headings = (0..60_000).map(|number| format!("{} A\n", "#".repeat(number % 6 + 1)));
    add(files, "many", "headings.md", headings.collect::<String>());
    add(files, "many", "comments.md", "<!-- rapporteur: allow(syntax) r -->\n".repeat(5_000));
    add(files, "many", "fields.md", "# A\n\n".to_owned() + &"Date: 1 May 2026\n".repeat(5_000));
    add(files, "many", "turns.md", "# A\n\n".to_owned() + &"AB: text\n\n".repeat(5_000));
    add(files, "many", "links.md", "[a](b.md) ".repeat(20_000));
    add(files, "many", "meetings.md", "## March 11, 2026\n\nPresent: Ada Moss\n\n".repeat(2_000));
    for depth in [60, 61, 130, 5_000] {
        add(files, "nested", "dashes.md", "- ".repeat(depth) + "a");
        add(files, "nested", "quotes.md", "> ".repeat(depth) + "a");
        let levels = (0..depth.min(300)).map(|level| format!("{}- a\n", "  ".repeat(level)));
        add(files, "nested", "items.md", levels.collect::<String>());
        add(files, "nested", "brackets.md", "[".repeat(depth) + "a" + &"](b)".repeat(depth));
        add(files, "nested", "stars.md", "*a **b ".repeat(depth));
        add(files, "nested", "front.md", format!("---\na: {}\n---\n# A\n", "[".repeat(depth)));
        add(files, "nested", "toml.md", format!("+++\na = {}\n+++\n# A\n", "[".repeat(depth)));
    }
    add(files, "long", "line.md", "Present: ".to_owned() + &"Ada Moss, ".repeat(200_000));
    add(files, "long", "heading.md", "# ".to_owned() + &"a ".repeat(500_000));
    add(files, "long", "row.md", "| a ".repeat(20_000) + "|\n" + &"|-".repeat(20_000) + "|\n");
    add(files, "long", "ticks.md", "`".repeat(500_000));
    add(files, "long", "tags.md", "<table>".to_owned() + &"<tr><td>a".repeat(50_000));
    for (name, text) in [
        ("front.md", "---\na: 1\n"),
        ("fence.md", "---"),
        ("twice.md", "---\na: 1\n---\n---\nb: 2\n---\n"),
        ("list.md", "---\n- a\n---\n"),
        ("nul.md", "# \0\n\n\0: \0\n"),
        ("bom.md", "\u{feff}---\n---\n"),
        ("alias.md", "---\na: &a [1]\nb: *a\n<<: *a\n---\n# A\n"),
        ("times.md", "+++\na = 9999-12-31T23:59:60.999999999+23:59\n+++\n"),
    ] {
        add(files, "odd", name, text);
    }
}
