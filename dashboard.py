"""Start here: streamlit run dashboard.py.

To add a page:
1. neaspec/sections/<name>.py   page(ask, words, choices) -> Page: what the page says, as blocks
2. pages/<name>.py              choose and show (the docstring of neaspec/web/page.py has an example)
3. assets/text/en/<name>.toml   its wording, and nav_<name> in assets/text/en/common.toml
4. one line in PAGES of neaspec/sections/__init__.py

The server imports this file and finds `app`; then it runs this file for every visitor, as "__main__".
"""

from pathlib import Path

import streamlit as st

from neaspec.sections import FIRST_PAGE, PAGES
from neaspec.web.desk_addresses import DESK_PAGE, desk_addresses

ROOT = Path(__file__).parent

if __name__ == "__main__":
    from neaspec.web.shell import show_frame

    show_frame(ROOT, [*PAGES, *DESK_PAGE])
else:
    from neaspec.web.routes import routes
    from neaspec.web.server import middleware, prepare_framework, serve

    prepare_framework()
    names = list(PAGES)
    stack = middleware(names, desk_addresses())
    app = st.App(__file__, lifespan=serve(names), middleware=stack, routes=routes(FIRST_PAGE))
