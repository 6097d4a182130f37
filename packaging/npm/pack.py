#!/usr/bin/env python3
"""Makes the npm packages: one for each platform, with the program, and one that starts the program of the platform.

    pack.py OUT                        the package that starts the program
    pack.py OUT PLATFORM PROGRAM       the package of a platform, such as linux-x64-gnu, with its program

Writes tarballs into the folder OUT and prints their paths. The version is that of Cargo.toml. Needs Python 3.11 and npm.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# By the names of Node.js for the system, the processor and, on Linux, the C library.
PLATFORMS = {
    "darwin-arm64": {"os": ["darwin"], "cpu": ["arm64"]},
    "darwin-x64": {"os": ["darwin"], "cpu": ["x64"]},
    "linux-arm64-gnu": {"os": ["linux"], "cpu": ["arm64"], "libc": ["glibc"]},
    "linux-arm64-musl": {"os": ["linux"], "cpu": ["arm64"], "libc": ["musl"]},
    "linux-x64-gnu": {"os": ["linux"], "cpu": ["x64"], "libc": ["glibc"]},
    "linux-x64-musl": {"os": ["linux"], "cpu": ["x64"], "libc": ["musl"]},
    "win32-x64": {"os": ["win32"], "cpu": ["x64"]},
}
LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"]


def manifest():
    """What every package says of itself."""
    package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    common = {key: package[key] for key in ("version", "description", "license", "keywords")}
    return common | {"engines": {"node": ">=18"}}


def main_package():
    common = manifest()
    return common | {
        "name": "rapporteur",
        "bin": {"rapporteur": "bin/rapporteur.js"},
        "files": ["bin/rapporteur.js"],
        "optionalDependencies": {f"rapporteur-{name}": common["version"] for name in PLATFORMS},
    }


def platform_package(platform, program):
    about = f"The program of rapporteur for {platform}"
    return manifest() | PLATFORMS[platform] | {
        "name": f"rapporteur-{platform}",
        "description": about,
        # It is found by its path, and packages that are kept in an archive could not be started.
        "preferUnplugged": True,
        "files": [f"bin/{program}"],
    }


def pack(package, contents, out):
    """Packs the manifest with the files, each by its path in the package, and returns where the tarball is."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
        for name in LICENSES:
            shutil.copy(ROOT / name, folder / name)
        for name, source in contents.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
            target.chmod(0o755)
        npm = shutil.which("npm") or sys.exit("pack.py: npm is not installed")
        out.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "pack", "--silent", "--pack-destination", str(out.resolve())],
            cwd=folder, check=True, capture_output=True, text=True,
        )
        return out / done.stdout.strip()


def main(arguments):
    match arguments:
        case [out]:
            sources = {"bin/rapporteur.js": HERE / "rapporteur.js", "README.md": ROOT / "README.md"}
            print(pack(main_package(), sources, Path(out)))
        case [out, platform, program] if platform in PLATFORMS:
            name = "rapporteur.exe" if platform.startswith("win32") else "rapporteur"
            print(pack(platform_package(platform, name), {f"bin/{name}": Path(program)}, Path(out)))
        case [_, platform, _]:
            sys.exit(f"pack.py: no platform is called {platform}; there are {', '.join(PLATFORMS)}")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
