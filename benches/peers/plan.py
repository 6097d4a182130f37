"""What is measured, in a whole run and in a quick one."""

from dataclasses import dataclass

VALIDATORS = ("jsonschema-cli", "boon-cli", "check-jsonschema")
# Those that are fast enough for more than a thousand records.
FAST = VALIDATORS[:2]


@dataclass(frozen=True)
class Timed:
    """A corpus on which whole runs are timed, and with what besides rapporteur."""

    corpus: str
    floor: bool = True
    peers: tuple = ()
    # Whether rapporteur also runs with the rules on syntax and schema alone, as the validators do.
    schema_only: bool = False
    # The corpus with the same records in JSON, where there is no floor.
    twin: str = ""


@dataclass(frozen=True)
class Plan:
    rounds: int
    timed: tuple
    # Corpora of one form, from small to large.
    growth: tuple
    # How often a character is typed, on which corpora, and after how many seconds it is enough.
    keystrokes: tuple
    changes: int
    limit: int
    opens: str
    instructions: str


FULL = Plan(
    rounds=5,
    timed=(
        Timed("meeting", peers=VALIDATORS),
        Timed("json-1k", peers=VALIDATORS),
        Timed("json-10k", peers=FAST),
        Timed("json-100k"),
        Timed("yaml-10k", floor=False, peers=FAST, twin="json-10k"),
        Timed("statements-10k", peers=FAST, schema_only=True),
        Timed("event-10k"),
        Timed("lines-100k"),
    ),
    growth=("json-1k", "json-10k", "json-100k"),
    keystrokes=("uneven-10k", "event-10k"),
    changes=200,
    limit=120,
    opens="json-10k",
    instructions="json-1k",
)

QUICK = Plan(
    rounds=3,
    timed=(
        Timed("json-110", peers=FAST),
        Timed("json-1k", peers=VALIDATORS),
        Timed("yaml-1k", floor=False, peers=FAST, twin="json-1k"),
        Timed("statements-1k", peers=FAST, schema_only=True),
        Timed("event-1k"),
        Timed("lines-1k"),
    ),
    growth=("json-110", "json-1k"),
    keystrokes=("event-1k",),
    changes=20,
    limit=60,
    opens="json-1k",
    instructions="json-110",
)
