"""Build the database if it is missing or stale: python -m neaspec.tables (see neaspec/data/database.py)."""

import sys

from neaspec.data.database import main

if __name__ == "__main__":
    sys.exit(main())
