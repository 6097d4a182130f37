#!/usr/bin/env python3
"""Writes the same minutes twice, in Markdown and in JSON, to compare what their checks cost: markdown.py FOLDER COUNT

FOLDER/markdown and FOLDER/json each have COUNT files of about 5 KB and a configuration. The same numbers give the same bytes.
"""

import datetime
import json
import sys
from pathlib import Path

GIVEN = ["Ada", "Ben", "Cora", "Dee", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jon", "Kira", "Lena"]
FAMILY = ["Moss", "Holt", "Reed", "Fell", "Brook", "Gray", "Lund", "Stein", "Vik", "Dahl", "Berg", "Quist"]
WORDS = "the quay crane rope buoy ferry harbour board fee report repair order winter summer cost plan list crew boat light".split()
FIRST = datetime.date(2020, 1, 1)


def sentence(seed, length):
    return " ".join(WORDS[(seed * 7 + at * at) % len(WORDS)] for at in range(length)).capitalize() + "."


def meeting(number):
    """The parts of one meeting."""
    day = FIRST + datetime.timedelta(days=number % 3000)
    people = [f"{GIVEN[(number + at) % 12]} {FAMILY[(number * 5 + at * 7) % 12]}" for at in range(9)]
    items = [
        {
            "title": f"Item {at} on the {WORDS[(number + at) % len(WORDS)]}",
            "paragraphs": [sentence(number + at + line, 24) for line in range(3)],
            "mover": people[at % 9],
            "seconder": people[(at + 1) % 9],
        }
        for at in range(6)
    ]
    return day, people, items


def markdown(number):
    day, people, items = meeting(number)
    lines = ["---", f"title: Meeting {number}", f"date: {day}", "---", "", f"# Board meeting of {day:%A}, {day.day} {day:%B %Y}", ""]
    lines += [f"- **When**: {day.day} {day:%B %Y}, 18:00 UTC", f"- **Chair**: {people[0]}", "", "## Present", ""]
    lines += [f"* {name}" for name in people]
    for item in items:
        lines += ["", f"## {item['title']}", ""]
        for text in item["paragraphs"]:
            lines += [text, ""]
        lines.append(f"- Motion by {item['mover']}, seconded by {item['seconder']}: carried 7-1-1")
    lines += ["", "## Next meeting", "", f"{day + datetime.timedelta(days=28):%B %d, %Y}", ""]
    return "\n".join(lines)


def record(number):
    day, people, items = meeting(number)
    motions = [
        {
            "title": item["title"],
            "paragraphs": item["paragraphs"],
            "motions": [
                {
                    "text": item["title"],
                    "mover": item["mover"],
                    "seconder": item["seconder"],
                    "ayes": 7,
                    "nays": 1,
                    "abstentions": 1,
                    "outcome": "carried",
                }
            ],
        }
        for item in items
    ]
    return json.dumps(
        {
            "id": f"meeting-{number}",
            "kind": "minutes",
            "title": f"Meeting {number}",
            "language": "en",
            "body": "Board",
            "date": str(day),
            "dateLine": f"{day:%A}, {day.day} {day:%B %Y}",
            "present": [{"name": name} for name in people],
            "items": motions,
            "nextMeeting": {"date": str(day + datetime.timedelta(days=28))},
        },
        indent=2,
    )


def main(folder, count):
    for form, ending, write in (("markdown", "md", markdown), ("json", "json", record)):
        out = Path(folder) / form
        for number in range(int(count)):
            at = out / "minutes" / f"{number // 1000:03}"
            at.mkdir(parents=True, exist_ok=True)
            (at / f"{number:06}.{ending}").write_text(write(number), encoding="utf-8")
        config = f'[[records]]\nfiles = "minutes/**/*.{ending}"\nschema = "minutes"\n'
        (out / "rapporteur.toml").write_text(config, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
