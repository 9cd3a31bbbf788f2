"""Where the parts of the project lie: the one place that knows the depth of the tree."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA_DIR = ROOT / "data"
GEO_DIR = DATA_DIR / "geo"
QUERIES_DIR = ROOT / "queries"
VIEWS_DIR = QUERIES_DIR / "views"
ASSETS_DIR = ROOT / "assets"
TEXT_DIR = ASSETS_DIR / "text"
SAMPLE_DIR = ASSETS_DIR / "sample"
