"""`python -m tests.pictures [--renew] [-o FOLDER] [NAME…]`: takes the pictures, to look at or to keep as references."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.pictures.album import NAMES, REFERENCES, keep, reference, take


def main() -> int:
    """Takes the pictures of the given scenes, or of all; `--renew` keeps them as what the test compares with."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all where none is given")
    parser.add_argument("--renew", action="store_true", help="keep them as references; look at each of them first")
    parser.add_argument("-o", "--output", type=Path, help="where to leave them")
    wanted = parser.parse_args()
    folder = wanted.output or Path(tempfile.mkdtemp(prefix="tensorloom-pictures-"))
    folder.mkdir(parents=True, exist_ok=True)
    taken = take(folder, wanted.names or NAMES)
    for path in taken:
        print(keep(path) if wanted.renew else path)
    if wanted.renew and not wanted.names:
        for path in {*REFERENCES.iterdir()} - {reference(path.name) for path in taken}:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
