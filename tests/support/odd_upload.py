"""An upload process that does something odd with what it is given. Started by tests only."""

import os
import sys
import time
from pathlib import Path
from typing import Any

from neaspec.web import upload_process

whole = upload_process.run_uploaded


def eat(*_: Any) -> None:
    """Take memory in small pieces, as rows do, without end."""
    kept = []
    while True:
        kept.append("x" * 100_000 + str(len(kept)))


def odd(files: list[tuple[str, bytes]], answers: Any, rules: Any, tell: Any) -> Any:
    """Do what the name of the first file says."""
    print("what a library prints is no answer")
    what = files[0][0]
    if what == "memory.csv":
        eat()
    if what == "time.csv":
        tell("reading")
        time.sleep(600)
    if what == "abort.csv":
        os.abort()
    if what == "write.csv":
        Path(files[0][1].decode()).write_bytes(files[0][1])
    if what == "large.csv":
        return "x" * (upload_process.MOST_ANSWER + 1), []
    raise ValueError(f"quotes {files[0][1]!r}")


upload_process.run_uploaded = odd
if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    upload_process.main()
