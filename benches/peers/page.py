"""The figures as one table in Markdown, and the page that it is on."""

import math

BEGIN = "<!-- The yardstick writes what follows: benches/peers/run.py --write -->"
END = "<!-- Here ends what the yardstick writes. -->"
NONE = "–"
OVER = "… ÷ "


class Table:
    """Rows of a title and a cell for each program."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = []

    def add(self, title, cells):
        """A row with what is known of each program, unless that is nothing."""
        if cells:
            self.rows.append([title, *(cells.get(name, NONE) for name in self.columns)])

    def add_figures(self, title, figures, digits=3):
        self.add(title, {name: shown(value, digits) for name, value in figures.items()})

    def add_ratios(self, to, figures, base):
        """How many times `base` each figure is."""
        if base:
            self.add_figures(OVER + to, {name: value / base for name, value in figures.items()}, digits=2)

    def lines(self):
        yield "| what | " + " | ".join(self.columns) + " |"
        yield "|---|" + "---:|" * len(self.columns)
        for row in self.rows:
            yield "| " + " | ".join(row) + " |"


def render(results, plan):
    """The part of the page that is measured."""
    columns = [name for name in ("F", *results["peers"], *results["states"])]
    table = Table(columns)
    for timed in plan.timed:
        add_timed(table, results, timed)
    add_growth(table, results, plan.growth)
    for name, states in results["keystrokes"].items():
        add_keystrokes(table, results["corpora"][name]["title"], states, plan.changes)
    if results["opens"]:
        title = results["corpora"][plan.opens]["title"]
        table.add_figures(f"**Opens of each file**, {title}", results["opens"])
    if results["instructions"]:
        title = results["corpora"][plan.instructions]["title"]
        table.add_figures(f"**Instructions for each byte**, {title}, 1 thread", results["instructions"])
        table.add_ratios("F", results["instructions"], results["instructions"]["F"])
    return "\n".join([*head(results), "", *table.lines()]) + "\n"


def head(results):
    """What was measured on what, as a list."""
    states = [f"{label} ({commit})" if commit else label for label, commit in results["states"].items()]
    peers = [f"{name} {version}" for name, version in results["peers"].items()]
    lines = [("measured", f"{results['date']}, medians of {results['rounds']} interleaved rounds"), *results["machine"]]
    lines.append(("threads", f"rapporteur and F {results['threads']}, the others 1"))
    lines.append(("validators", ", ".join(peers) or "none"))
    lines.append(("states of rapporteur", ", ".join(states)))
    lines.append(("least memory that can be seen", f"{results['least memory']:.0f} MiB"))
    lines += [("left out", note) for note in results["notes"]]
    return [f"* {title}: {text}" for title, text in lines]


def add_timed(table, results, timed):
    corpus = results["corpora"][timed.corpus]
    title = f"**{corpus['title']}**, {corpus['bytes'] / 1e6:.3g} MB"
    runs = results["runs"][timed.corpus]
    peer = next((name for name in ("jsonschema-cli", "boon-cli") if name in runs), None)
    validator = "check-jsonschema" if "check-jsonschema" in runs else None
    for what, unit in (("wall", "wall s"), ("cpu", "CPU s")):
        figures = {name: run[what] for name, run in runs.items()}
        table.add_figures(f"{title}, {unit}", figures)
        table.add_ratios("F", figures, figures.get("F"))
        for name in (peer, validator):
            table.add_ratios(name, figures, figures.get(name))
        if timed.twin:
            twin = results["runs"][timed.twin]
            ratios = {name: value / twin[name][what] for name, value in figures.items()}
            table.add_figures(f"{OVER}the same records in JSON", ratios, digits=2)
    table.add(f"{title}, peak memory MiB", {name: memory(run["peak"], results["least memory"]) for name, run in runs.items()})
    if timed.schema_only:
        add_schema_only(table, results, timed, title, peer)


def memory(peak, least):
    """What takes hardly more than a program that does nothing may take less than is seen."""
    return f"≤ {peak:.0f}" if peak < least + 1 else shown(peak, 3)


def add_schema_only(table, results, timed, title, peer):
    runs = results["runs"][timed.corpus + ":schema"]
    for what, unit in (("wall", "wall s"), ("cpu", "CPU s")):
        figures = {name: run[what] for name, run in runs.items()}
        table.add_figures(f"{title}, schema and syntax alone, {unit}", figures)
        if peer:
            table.add_ratios(peer, figures, results["runs"][timed.corpus][peer][what])


def add_growth(table, results, names):
    """How much longer it takes for so many more records, and to which power of their number that is."""
    for small, large in zip(names, names[1:]):
        corpora = results["corpora"]
        records = corpora[large]["records"] / corpora[small]["records"]
        for what, unit in (("wall", "wall"), ("cpu", "CPU")):
            cells = {}
            for name, run in results["runs"][small].items():
                if name in results["runs"][large]:
                    times = results["runs"][large][name][what] / run[what]
                    cells[name] = f"× {shown(times, 3)}, exponent {math.log(times) / math.log(records):.2f}"
            table.add(f"**Growth** from {corpora[small]['title']} to {corpora[large]['records']:,}, {unit}", cells)


def add_keystrokes(table, title, states, changes):
    def cells(text):
        # Fewer characters than planned where they took too long.
        few = {label: f" ({found['changes']} typed)" if found["changes"] < changes else "" for label, found in states.items()}
        return {label: text(found) + few[label] for label, found in states.items()}

    title = f"**Keystroke**, {title}"
    table.add(f"{title}, ms: p50 / p99", cells(lambda found: f"{shown(found['p50'], 3)} / {shown(found['p99'], 3)}"))
    table.add_figures(f"{title}, s until the first answer", {label: found["first"] for label, found in states.items()})
    table.add_figures(f"{title}, peak memory of the server MiB", {label: found["peak"] for label, found in states.items()})


def shown(value, digits):
    """A number with as many significant digits, and never with an exponent."""
    if value == 0:
        return "0"
    # Rounded first: 9.96 has two digits before the point when it is shown with two.
    size = math.floor(math.log10(float(f"{abs(value):.{digits}g}")))
    return f"{value:,.{max(0, digits - 1 - size)}f}"


def write(path, table):
    """Puts the table on the page in the place of the one before."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")
