"""The real app with one address more, where a test asks what the server holds. Started by tests only."""

import weakref
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from neaspec.paths import ROOT

RESULTS: list[weakref.ref[Any]] = []  # of all uploads; those that are gone answer None


def note_results() -> None:
    """Remember weakly what uploads give, so that a test sees when it is gone."""
    from neaspec.web.upload_jobs import Upload

    work_out = Upload.__call__

    def noted(upload: Upload, job: Any) -> Any:
        made = work_out(upload, job)
        RESULTS.append(weakref.ref(made[0].results))
        return made

    Upload.__call__ = noted  # type: ignore[method-assign]


def held() -> dict[str, int]:
    """Count what sessions left in the server."""
    from streamlit import runtime

    from neaspec.web import page_cache
    from neaspec.web.streamlit_internals import uploaded_bytes

    now = runtime.get_instance()
    return {
        "files": sum(len(files) for files in now.uploaded_file_mgr.file_storage.values()),
        "bytes": uploaded_bytes().total(),
        "active": len(now._session_mgr._active_session_info_by_id),
        "stored": len(now._session_mgr._session_storage._cache._data),
        "downloads": len(now.media_file_mgr._file_metadata),
        "deferred": len(now.media_file_mgr._deferred_callables),
        "results": sum(one() is not None for one in RESULTS),
        "pages": sum(1 for key in page_cache.PAGE_CACHE.kept_keys() if key[2] == "field_data"),
    }


async def inside(request: Request) -> JSONResponse:
    """Answer what the server holds."""
    return JSONResponse(held())


if __name__ != "__main__":
    from neaspec.sections import FIRST_PAGE, PAGES
    from neaspec.web.routes import routes
    from neaspec.web.server import middleware, prepare_framework, serve

    prepare_framework()
    note_results()
    app = st.App(
        str(ROOT / "dashboard.py"),
        lifespan=serve(list(PAGES)),
        middleware=middleware(list(PAGES), more=["inside"]),
        routes=[*routes(FIRST_PAGE), Route("/inside", inside)],
    )
