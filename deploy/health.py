"""Ask the server of this container whether readers can be served; ends with 1 if not."""

import os
import sys
import urllib.request

PORT = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
FOLDER = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
ADDRESS = f"http://127.0.0.1:{PORT}/{FOLDER}{'/' if FOLDER else ''}ready"

try:
    with urllib.request.urlopen(ADDRESS, timeout=4) as answer:  # an address of this container alone
        sys.exit(answer.status != 200)
except OSError as problem:
    sys.exit(f"{ADDRESS}: {problem}")
