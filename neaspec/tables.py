"""Build the database if it is missing or stale: python -m neaspec.tables (see neaspec/data/database.py).

With --papers: hold every citation against the documents in data/papers/ instead (see neaspec/data/papers.py).
"""

import sys

from neaspec.data.database import main
from neaspec.data.papers import report_papers

if __name__ == "__main__":
    sys.exit(report_papers() if sys.argv[1:] == ["--papers"] else main())
