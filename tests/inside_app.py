"""The real app with one address more, where a test asks what the server holds. Started by tests only."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ROOT = Path(__file__).parent.parent


def held() -> dict[str, int]:
    """Count what sessions left in the server."""
    from streamlit import runtime

    from neaspec import composed, uploads

    now = runtime.get_instance()
    return {
        "files": sum(len(files) for files in now.uploaded_file_mgr.file_storage.values()),
        "bytes": uploads.held().total(),
        "active": len(now._session_mgr._active_session_info_by_id),
        "stored": len(now._session_mgr._session_storage._cache._data),
        "downloads": len(now.media_file_mgr._file_metadata),
        "deferred": len(now.media_file_mgr._deferred_callables),
        "pages": sum(1 for key in composed.PAGES._pages if key[2] == "field_data"),
    }


async def inside(request: Request) -> JSONResponse:
    """Answer what the server holds."""
    return JSONResponse(held())


if __name__ != "__main__":
    from dashboard import PAGES
    from neaspec.routes import routes
    from neaspec.server import middleware, serve

    app = st.App(
        str(ROOT / "dashboard.py"),
        lifespan=serve(PAGES),
        middleware=middleware(PAGES),
        routes=[*routes(PAGES[0]), Route("/inside", inside)],
    )
