"""The corpora: what each holds, and what is found in it. They are written by `corpus.rs`, the same bytes on every machine."""

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".json", ".yaml", ".jsonl")


class Failed(Exception):
    """A run did not do what it is measured for."""


@dataclass(frozen=True)
class Shape:
    """What a corpus is made of, and how the table calls it."""

    name: str
    title: str
    meetings: int
    form: str = "json"
    first_statements: int = 4
    only: str = ""

    @property
    def records(self):
        if self.only == "statement":
            return self.first_statements + 4 * (self.meetings - 1)
        return 7 + self.first_statements + 11 * (self.meetings - 1)

    def arguments(self):
        others = ["--only", self.only] if self.only else []
        return [str(self.meetings), self.form, "--first-statements", str(self.first_statements), *others]


SHAPES = [
    Shape("meeting", "11 records (start-up)", 1),
    Shape("json-110", "110 records", 10),
    Shape("json-1k", "1,001 records", 91),
    Shape("json-10k", "9,999 records", 909),
    Shape("json-100k", "100,001 records", 9091),
    Shape("yaml-1k", "1,001 records in YAML", 91, form="yaml"),
    Shape("yaml-10k", "9,999 records in YAML", 909, form="yaml"),
    Shape("statements-1k", "364 statements", 91, only="statement"),
    Shape("statements-10k", "3,636 statements", 909, only="statement"),
    Shape("event-1k", "one event of 1,000 records", 1, first_statements=993),
    Shape("event-10k", "one event of 10,000 records", 1, first_statements=9993),
    Shape("uneven-10k", "10,004 records, largest event 500", 865, first_statements=493),
    Shape("lines-1k", "one file of 1,001 records", 91, form="lines"),
    Shape("lines-100k", "one file of 100,001 records", 9091, form="lines"),
]


class Corpus:
    """A corpus on the disk."""

    def __init__(self, shape, folder):
        self.shape = shape
        self.folder = folder
        found = (path for path in folder.rglob("*") if path.suffix in ENDINGS)
        self.files = sorted(str(path.relative_to(folder)) for path in found)
        self.bytes = sum((folder / path).stat().st_size for path in self.files)

    def digest(self):
        digest = hashlib.sha256()
        for path in self.files:
            digest.update(path.encode() + b"\0" + (self.folder / path).read_bytes())
        return digest.hexdigest()


class Library:
    """Writes each corpus once, and again when the program that writes it has changed."""

    def __init__(self, folder, generator):
        self.folder = folder
        self.generator = generator
        self.written_by = hashlib.sha256(generator.read_bytes()).hexdigest()
        self.shapes = {shape.name: shape for shape in SHAPES}
        self.corpora = {}

    def get(self, name):
        if name not in self.corpora:
            self.corpora[name] = self.ready(self.shapes[name])
        return self.corpora[name]

    def ready(self, shape):
        folder = self.folder / shape.name
        # Beside the corpus, so that nothing in it is ours.
        stamp = folder.with_suffix(".stamp")
        if not stamp.is_file() or stamp.read_text() != self.stamp(shape):
            stamp.unlink(missing_ok=True)
            self.write(shape, folder)
            stamp.write_text(self.stamp(shape))
        corpus = Corpus(shape, folder)
        expected = 1 if shape.form == "lines" else shape.records
        if len(corpus.files) != expected:
            raise Failed(f"{folder} has {len(corpus.files)} files, not {expected}")
        return corpus

    def stamp(self, shape):
        return f"{self.written_by} {' '.join(shape.arguments())}\n"

    def write(self, shape, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([self.generator, folder, *shape.arguments()], check=True, stdout=subprocess.DEVNULL)

    def check_determinism(self):
        """The same numbers give the same bytes."""
        shape = self.shapes["json-110"]
        again = self.folder / "again"
        self.write(shape, again)
        if Corpus(shape, again).digest() != self.get(shape.name).digest():
            raise Failed("the corpus is not the same when it is written again")
        shutil.rmtree(again)

    def broken_record(self):
        """A folder with one record that breaks its schema: each validator must say so."""
        folder = self.folder / "broken"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        meeting = self.get("meeting")
        path = next(path for path in meeting.files if "statement" in path)
        record = json.loads((meeting.folder / path).read_text())
        record["title"] = 5
        (folder / "record.json").write_text(json.dumps(record))
        (folder / "rapporteur.toml").write_text('[[records]]\nfiles = "*.json"\n')
        return Corpus(meeting.shape, folder)


def bundle(schemas: Path):
    """One schema for all kinds of record, in one file: the other validators do not look for the files that a schema refers to."""
    texts = {path.name: json.loads(path.read_text()) for path in sorted(schemas.glob("*.schema.json"))}
    del texts["vocabulary.schema.json"]
    kinds = {text["properties"]["kind"]["const"]: name for name, text in texts.items() if "kind" in text.get("properties", {})}
    cases = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"$ref": f"#/$defs/{name}"}} for kind, name in kinds.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "allOf": cases,
        "$defs": {name: inside(text, name) for name, text in texts.items()},
    }


def inside(schema, name):
    """A schema with its references as they are in a bundle."""
    if isinstance(schema, list):
        return [inside(item, name) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: inside(value, name) for key, value in schema.items() if key != "$schema" or not isinstance(value, str)}
    if isinstance(found.get("$ref"), str):
        file, _, pointer = found["$ref"].partition("#")
        found["$ref"] = f"#/$defs/{file or name}{pointer}"
    return found
