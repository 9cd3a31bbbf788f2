"""The QR code of a view is that of an address of this server, and of no other."""

import asyncio
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import Response

from neaspec.render.screen.tools import qr_code
from neaspec.web.routes import LONGEST_ADDRESS, to_qr_code

VIEW = "http://dash:8501/species?species=amur_leopard&tab=places"


def answered(address: str, referer: str = "") -> Response:
    """Ask the server named dash:8501 for the code of an address."""
    headers = [(b"host", b"dash:8501"), (b"referer", referer.encode())]
    query = urlencode({"address": address}).encode()
    return asyncio.run(
        to_qr_code(Request({"type": "http", "method": "GET", "headers": headers, "query_string": query}))
    )


def test_a_view_of_ours_has_its_own_code() -> None:
    answer = answered(VIEW)
    assert answer.media_type == "image/svg+xml"
    assert bytes(answer.body) == qr_code(VIEW)
    assert qr_code(VIEW) != qr_code(VIEW + "&d=MNG")
    assert b"<svg" in qr_code(VIEW)


def test_behind_a_proxy_the_page_says_what_the_address_is() -> None:
    view = "https://dash.example.org/sites?site=rason"
    assert answered(view).status_code == 404
    assert bytes(answered(view, "https://dash.example.org/sites").body) == qr_code(view)


@pytest.mark.parametrize("address", ["", "https://example.org/", "javascript:alert(1)", VIEW + "x" * LONGEST_ADDRESS])
def test_other_addresses_have_none(address) -> None:
    assert answered(address).status_code == 404
