"""Start here: streamlit run dashboard.py.

To add a page:
1. neaspec/sections/<name>.py   page(ask, words, choices) -> Page: what the page says, as blocks
2. pages/<name>.py              choose and show (the docstring of neaspec/page.py has an example)
3. assets/text/en/<name>.toml   its wording, and nav_<name> in assets/text/en/common.toml
4. one word in PAGES below

The server imports this file and finds `app`; then it runs this file for every visitor, as "__main__".
"""

from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parent
PAGES = (
    "overview",
    "species",
    "movements",
    "field_data",
    "sites",
    "projects",
    "issues",
    "cooperation",
    "country",
    "changes",
    "briefs",
    "sources",
)

if __name__ == "__main__":
    from neaspec.front import show_frame

    show_frame(ROOT, PAGES)
else:
    from neaspec.routes import routes
    from neaspec.server import middleware, serve

    app = st.App(__file__, lifespan=serve(PAGES), middleware=middleware(PAGES), routes=routes(PAGES[0]))
