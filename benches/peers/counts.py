"""What can be counted, whatever else the machine does: opens of files, and instructions."""

import re
import shutil
import subprocess

from corpora import ENDINGS, Failed

# With -y, strace writes the path that a descriptor leads to behind it.
OPENED = re.compile(r"= \d+<(.+)>$")


def is_missing(program):
    return shutil.which(program) is None


def opens(command, corpus, log):
    """How often a run opens the files of the corpus, for each of them."""
    strace = ["strace", "-f", "-q", "-y", "-e", "trace=open,openat,openat2", "-o", log]
    observe([*strace, *command], corpus)
    folder = str(corpus.folder.resolve()) + "/"
    with open(log, encoding="utf-8", errors="replace") as lines:
        paths = (found.group(1) for line in lines if (found := OPENED.search(line.rstrip())))
        count = sum(path.startswith(folder) and path.endswith(ENDINGS) for path in paths)
    if count < len(corpus.files):
        raise Failed(f"{log} has {count} opens of {len(corpus.files)} files")
    return count / len(corpus.files)


def instructions(command, corpus, log):
    """How many instructions a run takes for each byte of the corpus."""
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={log}"]
    observe([*valgrind, *command], corpus)
    found = re.search(r"^(?:summary|totals): (\d+)", log.read_text(errors="replace"), re.MULTILINE)
    if not found:
        raise Failed(f"{log} has no total")
    return int(found.group(1)) / corpus.bytes


def observe(command, corpus):
    done = subprocess.run(list(map(str, command)), cwd=corpus.folder, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        raise Failed(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
