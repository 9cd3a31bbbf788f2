"""A plugin of pytest for planted faults: what the checks of tables said is kept in a file from one run to the next.

Most of the time of a build goes into them, and a fault elsewhere changes nothing of it. NEASPEC_KEPT_CHECKS names the
file; tools/mutate.py sets it where the fault is not in the code of the checks.
"""

import os
import pickle
from pathlib import Path

from neaspec.data.validate import CHECKED

KEPT = "NEASPEC_KEPT_CHECKS"


def pytest_sessionstart() -> None:
    """Take over what was kept."""
    path = Path(os.environ[KEPT])
    if path.is_file():
        for key, value in pickle.loads(path.read_bytes()).items():
            CHECKED.put(key, value)


def pytest_sessionfinish() -> None:
    """Keep what is known by now."""
    path = Path(os.environ[KEPT])
    known = {key: value for key in CHECKED.kept_keys() if (value := CHECKED.get(key)) is not None}
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(pickle.dumps(known))
    beside.replace(path)
