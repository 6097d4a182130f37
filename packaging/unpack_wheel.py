#!/usr/bin/env python3
"""Takes the program and the list of its components out of a wheel: unpack_wheel.py WHEEL OUT"""

import sys
import zipfile
from pathlib import Path


def main(wheel, out):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if ".data/scripts/" in name or "/sboms/" in name:
                target = out / name.rsplit("/", 1)[1]
                target.write_bytes(archive.read(name))
                target.chmod(0o755 if ".data/" in name else 0o644)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
