#!/usr/bin/env python3
"""Fuzzes each target for some seconds, and says what came of it: run.py SECONDS [TARGET]...

Needs cargo-fuzz and a compiler of C++. What the inputs reach is kept in fuzz/corpus, and an input that fails in fuzz/artifacts. Ends
with 1 if a target failed.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# An input that takes so many seconds is a failure, and so is one that takes so many megabytes.
LIMITS = ["-timeout=25", "-rss_limit_mb=3072"]
# libFuzzer's own default keeps inputs small for long; records are a few kilobytes.
LENGTH = ["-max_len=16384", "-len_control=20"]


def fuzz(target, seconds):
    """Runs a target: whether it passed, and a line on what it did."""
    command = ["cargo", "fuzz", "run", target, "--", f"-max_total_time={seconds}", "-print_final_stats=1", f"-dict={HERE / 'corpus/words.dict'}"]
    # The compiler that is installed counts what inputs reach, without a nightly version.
    env = os.environ | {"RUSTC_BOOTSTRAP": "1"}
    begin = time.monotonic()
    done = subprocess.run(
        command + LIMITS + LENGTH, cwd=HERE.parent, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    count = re.findall(r"^stat::number_of_executed_units: (\d+)", said, re.MULTILINE)
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)/", said)
    cov, ft, corpus = reached[-1] if reached else ("?", "?", "?")
    line = f"{target}: {count[-1] if count else '?'} inputs in {time.monotonic() - begin:.0f} s, cov {cov}, ft {ft}, corpus {corpus}"
    if done.returncode:
        (HERE / "artifacts").mkdir(exist_ok=True)
        log = HERE / "artifacts" / f"{target}.log"
        log.write_text(said, encoding="utf-8")
        line += f"\nFAILED: {log}\n" + "\n".join(said.splitlines()[-40:])
    return done.returncode == 0, line


def main(seconds, targets):
    known = sorted(path.stem for path in (HERE / "fuzz_targets").glob("*.rs"))
    for target in targets:
        if target not in known:
            sys.exit(f"run.py: no target is called {target}; there are {', '.join(known)}")
    subprocess.run([sys.executable, HERE / "seeds.py", HERE / "corpus"], check=True)
    subprocess.run(["cargo", "fuzz", "build"], cwd=HERE.parent, env=os.environ | {"RUSTC_BOOTSTRAP": "1"}, check=True)
    passed = True
    for target in targets or known:
        done, line = fuzz(target, seconds)
        print(line, flush=True)
        passed &= done
    return 0 if passed else 1


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
