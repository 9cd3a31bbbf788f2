"""Who asks for work: the session of a page and the address of the network it comes from."""

import streamlit as st
from starlette.types import Scope

from neaspec.web.guard import is_loopback
from neaspec.web.streamlit_internals import session_id
from neaspec.web.work_queue import Party


def address_of(scope: Scope) -> str:
    """Return the address a request comes from, as trusted proxies say it; empty for this machine itself.

    What a proxy does not tell looks like the machine it runs on: all its readers would share one limit.
    """
    host = str((scope.get("client") or ("", 0))[0])
    return "" if is_loopback(host) else host


def party_of(scope: Scope) -> Party:
    """Return who asks for an address of ours; such a request has no session."""
    return Party(address=address_of(scope))


def reader_party() -> Party:
    """Return the reader whose page is being made."""
    return Party(session_id(), st.context.ip_address or "")
