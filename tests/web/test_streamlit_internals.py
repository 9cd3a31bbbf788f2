"""What we use of the framework without its promise is there; after an upgrade this fails with a list of what is not."""

import asyncio
import re
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit.net_util
import uvicorn
from starlette.formparsers import MultiPartParser
from streamlit.elements import deck_gl_json_chart
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.caching.ttl_cache import TTLCache
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette import starlette_routes, starlette_websocket

from neaspec.paths import ROOT
from neaspec.render.maps.deck import MapDrawing
from neaspec.web import streamlit_internals as internals


def test_every_name_the_framework_does_not_promise_is_there() -> None:
    assert internals.missing_names() == []


@pytest.mark.parametrize(
    "name",
    ["Runtime._gone", "MediaFileManager._gone", "NoSuchClass.expire", "BackMsg.gone"],
)
def test_a_name_that_an_upgrade_took_away_is_listed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    modules = {
        "Runtime": "streamlit.runtime.runtime",
        "MediaFileManager": "streamlit.runtime.media_file_manager",
        "NoSuchClass": "streamlit.runtime.caching.ttl_cache",
        "BackMsg": "streamlit.proto.BackMsg_pb2",
    }
    module = modules[name.partition(".")[0]]
    monkeypatch.setitem(internals.NAMES, module, (*internals.NAMES[module], name))
    monkeypatch.setitem(internals.NAMES, "streamlit.no_such_module", ("a",))
    assert sorted(internals.missing_names()) == sorted([f"{module}.{name}", "streamlit.no_such_module.a"])


def test_no_other_module_reaches_behind_what_the_framework_promises() -> None:
    words = (
        "streamlit.runtime",
        "streamlit.web",
        "streamlit.proto",
        "net_util",
        "formparsers",
        "gc.get_objects",
        "_mgr",
    )
    for path in sorted((ROOT / "neaspec").rglob("*.py")):
        if path.name != "streamlit_internals.py":
            text = path.read_text(encoding="utf-8")
            assert [word for word in words if word in text] == [], path


def test_the_addresses_we_look_for_are_those_the_framework_serves() -> None:
    assert f"/{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/" == internals.UPLOAD_PATH
    assert f"/{starlette_websocket._ROUTE_WEBSOCKET_STREAM}" == internals.STREAM_PATH


def test_messages_are_told_apart_by_what_they_ask_for() -> None:
    assert internals.message_kind(BackMsg(clear_cache=True).SerializeToString()) == "clear_cache"
    assert internals.message_kind(BackMsg(stop_script=True).SerializeToString()) == "stop_script"
    assert internals.message_kind(b"\xff\xff\xff") is None
    assert {field.name for field in BackMsg.DESCRIPTOR.fields} >= internals.MESSAGES_PASSED
    assert "clear_cache" not in internals.MESSAGES_PASSED


def test_the_switches_are_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)

    def asks() -> str:
        raise AssertionError("a third party was asked")

    monkeypatch.setattr(streamlit.net_util, "get_external_ip", asks)
    internals.run_the_entry_file_first()
    internals.keep_forms_in_memory()
    internals.ask_nobody_for_our_address()
    assert PagesManager.uses_pages_directory is False
    assert MultiPartParser.spool_max_size == 0
    assert streamlit.net_util.get_external_ip() is None


def test_a_server_sends_small_messages_at_once_and_does_not_tell_its_make(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    async def startup(server: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        started.append(server)

    monkeypatch.setattr(uvicorn.Server, "startup", startup)
    internals.start_quietly()
    internals.start_quietly()
    server = uvicorn.Server(uvicorn.Config("nothing:app"))
    server.config.encoded_headers = [(b"server", b"uvicorn"), (b"x-other", b"1")]
    with socket.socket() as listening:
        asyncio.run(server.startup(sockets=[listening]))
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert server.config.encoded_headers == [(b"x-other", b"1")]
    assert started == [server]


def test_sessions_whose_time_is_over_are_ended_and_living_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    now, did = [0.0], []

    def session(name: str) -> SimpleNamespace:
        state = SimpleNamespace(clear=lambda: did.append(f"{name} cleared"))
        one = SimpleNamespace(id=name, session_state=state, shutdown=lambda: did.append(f"{name} shut down"))
        return SimpleNamespace(session=one)

    cache = TTLCache(maxsize=9, ttl=10, timer=lambda: now[0])
    cache["old"] = session("old")
    now[0] = 8
    cache["young"] = session("young")
    manager = SimpleNamespace(
        _storage_lock=threading.Lock(),
        _session_storage=SimpleNamespace(_cache=cache),
        list_sessions=lambda: [session("active"), *cache.values()],
    )
    files = {"old": {}, "young": {}, "active": {}, "forgotten": {}}
    downloads = SimpleNamespace(
        _files_by_session_and_coord=dict.fromkeys(("young", "lost")),
        clear_session_refs=lambda key: did.append(f"downloads of {key}"),
        remove_orphaned_files=lambda: None,
    )
    uploads = SimpleNamespace(file_storage=files, remove_session_files=files.pop)
    running = SimpleNamespace(_session_mgr=manager, uploaded_file_mgr=uploads, media_file_mgr=downloads)
    monkeypatch.setattr(internals.runtime, "exists", lambda: True)
    monkeypatch.setattr(internals.runtime, "get_instance", lambda: running)
    now[0] = 11
    assert internals.end_expired_sessions() == 3
    assert did == ["old shut down", "old cleared", "downloads of lost"]
    assert sorted(files) == ["active", "young"]
    assert list(cache) == ["young"]


def test_the_framework_asks_of_a_map_only_what_our_drawing_answers() -> None:
    source = Path(deck_gl_json_chart.__file__).read_text(encoding="utf-8")
    asked = set(re.findall(r'getattr\(pydeck_obj, "(\w+)"', source)) | set(re.findall(r"pydeck_obj\.(\w+)\(", source))
    absent = {"width", "deck_widget"}  # of older versions of the library: the framework does without
    assert asked - absent == {"_tooltip", "layers", "mapbox_key", "to_json"}
    assert all(hasattr(MapDrawing("{}", {}), name) for name in asked - absent)
