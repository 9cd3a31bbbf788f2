"""Everything that touches parts of Streamlit, Starlette and uvicorn their makers do not promise; nothing else does.

An upgrade may take any of these names away. NAMES lists them all; a test asks for each, so that an upgrade fails with
the list of what is missing instead of quietly sending uploads to the disc or asking a third party for an address.
"""

import importlib
import json
import logging
import socket
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit.net_util
import uvicorn
from starlette.formparsers import MultiPartParser
from streamlit import runtime
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

LOG = logging.getLogger("neaspec")

UPLOAD_PATH = "/_stcore/upload_file/"  # what follows is <session>/<file>
STREAM_PATH = "/_stcore/stream"  # the web socket of a reader's page
# What a reader's page needs to say: among what is left out is the order to clear the caches of all readers.
MESSAGES_PASSED = frozenset(
    {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
)

# module -> names in it, dotted where a part of a class is meant; a class may set a name only when it is made.
NAMES = {
    "streamlit.net_util": ("get_external_ip",),
    "streamlit.proto.BackMsg_pb2": ("BackMsg.WhichOneof", *(f"BackMsg.{name}" for name in sorted(MESSAGES_PASSED))),
    "streamlit.runtime": ("exists", "get_instance", "Runtime.uploaded_file_mgr", "Runtime.media_file_mgr"),
    "streamlit.runtime.runtime": ("Runtime._session_mgr",),
    "streamlit.runtime.websocket_session_manager": (
        "WebsocketSessionManager._storage_lock",
        "WebsocketSessionManager._session_storage",
        "WebsocketSessionManager.list_sessions",
        "WebsocketSessionManager.list_active_sessions",
    ),
    "streamlit.runtime.memory_session_storage": ("MemorySessionStorage._cache",),
    "streamlit.runtime.caching.ttl_cache": ("TTLCache.expire",),
    "streamlit.runtime.app_session": ("AppSession.shutdown", "AppSession.session_state"),
    "streamlit.runtime.memory_uploaded_file_manager": (
        "MemoryUploadedFileManager.file_storage",
        "MemoryUploadedFileManager.remove_file",
        "MemoryUploadedFileManager.remove_session_files",
    ),
    "streamlit.runtime.media_file_manager": (
        "MediaFileManager._files_by_session_and_coord",
        "MediaFileManager.clear_session_refs",
        "MediaFileManager.remove_orphaned_files",
    ),
    "streamlit.runtime.pages_manager": ("PagesManager.uses_pages_directory",),
    "streamlit.runtime.scriptrunner": ("get_script_run_ctx", "ScriptRunContext.session_id"),
    "streamlit.auth_util": ("get_cookie_with_chunks",),
    "streamlit.web.server.server_util": ("AUTH_COOKIE_NAME", "get_cookie_secret"),
    "streamlit.web.server.starlette.starlette_app_utils": ("decode_signed_value",),
    "streamlit.web.server.starlette.starlette_routes": ("BASE_ROUTE_UPLOAD_FILE",),
    "streamlit.web.server.starlette.starlette_websocket": ("_ROUTE_WEBSOCKET_STREAM",),
    "starlette.formparsers": ("MultiPartParser.spool_max_size",),
    "uvicorn": ("Server.startup", "Server.config", "Config.encoded_headers"),
}


def missing_names() -> list[str]:
    """Return the names of NAMES that what is installed does not have."""
    return [f"{module}.{name}" for module, names in NAMES.items() for name in names if not _has(module, name)]


def _has(module: str, name: str) -> bool:
    """Tell whether a module has a name, or the code of a class one that it sets when it is made."""
    try:
        # by name: NAMES lists modules as texts, so that a missing one is listed with the rest
        owner: Any = importlib.import_module(module)
    except ImportError:
        return False
    *parents, last = name.split(".")
    for parent in parents:
        owner = getattr(owner, parent, None)
    if hasattr(owner, last) or last in getattr(owner, "__annotations__", {}):
        return True
    fields = getattr(getattr(owner, "DESCRIPTOR", None), "fields_by_name", {})  # of a message
    code = getattr(getattr(owner, "__init__", None), "__code__", None)
    return last in fields or (code is not None and last in code.co_names)


def run_the_entry_file_first() -> None:
    """Let a deep link run dashboard.py: a file of a folder called pages/ would else run alone, without its frame."""
    PagesManager.uses_pages_directory = False


def ask_nobody_for_our_address() -> None:
    """Let the framework never ask a third party which address this machine has; it would do so to judge an Origin."""
    streamlit.net_util.get_external_ip = _no_address


def _no_address() -> None:
    return None


def keep_forms_in_memory() -> None:
    """Let the parser of forms keep every part in memory and never write one to a file (0 = never)."""
    MultiPartParser.spool_max_size = 0


def start_quietly() -> None:
    """Let each server started from now on send small messages at once and not tell its make.

    The framework opens its socket without naming TCP, so that asyncio leaves Nagle's algorithm on: the second small
    message of a page then waits 40 ms for a delayed acknowledgement. A connection inherits
    this of its listening socket.
    """
    startup = uvicorn.Server.startup
    if getattr(startup, "is_quiet", False):
        return

    async def quiet_startup(server: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        for listening in sockets or []:
            if listening.family in (socket.AF_INET, socket.AF_INET6):
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.config.encoded_headers = [pair for pair in server.config.encoded_headers if pair[0] != b"server"]
        await startup(server, sockets)

    quiet_startup.is_quiet = True  # type: ignore[attr-defined]
    uvicorn.Server.startup = quiet_startup  # type: ignore[assignment, method-assign]


def message_kind(data: bytes) -> str | None:
    """Return which kind of message a reader's page sends; None if it is none that can be read."""
    try:
        return str(BackMsg.FromString(data).WhichOneof("type"))
    except Exception:  # the parser's own error differs between its two makes
        return None


def session_id() -> str:
    """Return the session whose page is being made, empty outside one."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Return what the provider of the sign-in says of whoever sent these cookies; nothing if we did not sign them."""
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if secret and value else None

    try:
        decoded = get_cookie_with_chunks(signed, AUTH_COOKIE_NAME)
        claims = json.loads(decoded) if decoded else {}
    except (ValueError, UnicodeError):
        return {}
    return claims if isinstance(claims, dict) else {}


def uploaded_bytes() -> Counter[str]:
    """Return session -> bytes of the uploaded files the server holds."""
    if not runtime.exists():
        return Counter()
    manager: Any = runtime.get_instance().uploaded_file_mgr
    sessions = {key: list(files.values()) for key, files in list(manager.file_storage.items())}
    return Counter({key: sum(len(file.data) for file in files) for key, files in sessions.items() if files})


def session_counts() -> tuple[int, int]:
    """Return how many sessions there are: with a page that is connected, and in all."""
    if not runtime.exists():
        return 0, 0
    manager: Any = runtime.get_instance()._session_mgr
    return len(manager.list_active_sessions()), len(manager.list_sessions())


def remove_uploaded(session: str, keys: Iterable[str]) -> None:
    """Let uploaded files of a session go at once."""
    if runtime.exists():
        manager: Any = runtime.get_instance().uploaded_file_mgr
        for key in keys:
            manager.remove_file(session_id=session, file_id=key)


def end_expired_sessions() -> int:
    """Let everything of sessions whose time is over go; return of how many.

    The framework itself only does so when another session ends.
    """
    if not runtime.exists():
        return 0
    now: Any = runtime.get_instance()
    sessions, uploads, downloads = now._session_mgr, now.uploaded_file_mgr, now.media_file_mgr
    with sessions._storage_lock:
        over = sessions._session_storage._cache.expire()
        living = {session.session.id for session in sessions.list_sessions()}
    for _, ended in over:
        ended.session.shutdown()
        ended.session.session_state.clear()
    left = [key for key in list(uploads.file_storage) if key not in living]
    for key in left:
        uploads.remove_session_files(key)
    kept = [key for key in list(downloads._files_by_session_and_coord) if key not in living]
    for key in kept:
        downloads.clear_session_refs(key)
    if over or left or kept:
        downloads.remove_orphaned_files()
        downloads.remove_orphaned_files()  # the first time it only marks files that were taken away
    return len({*(key for key, _ in over), *left, *kept})
