"""Two servers that share a desk, tables and databases, behind the nginx of deploy/; as an operator runs them."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from neaspec.paths import ROOT
from tests.support.serving import free_port

FOLDER = "nature"
SECONDS = 600  # until a server on a busy machine is ready


@dataclass
class Replica:
    """One server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{FOLDER}"

    def version(self) -> str:
        """Return the version of the data it serves; empty while it is not ready."""
        try:
            with urllib.request.urlopen(f"{self.address}/ready", timeout=30) as answer:
                return str(json.load(answer)["data_version"])
        except OSError:
            return ""


def start_replica(project: Path, environment: Mapping[str, str], log: Path) -> Replica:
    """Start a server; it is not waited for."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=project, env=os.environ | environment, stdout=out, stderr=subprocess.STDOUT
        )
    return Replica(port, process)


def until(is_so: Callable[[], object], seconds: float, pause: float = 0.5) -> float:
    """Wait until something is so; return how long it took."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < seconds, "it never came"
        time.sleep(pause)
    return time.monotonic() - started


@dataclass
class Proxy:
    """The nginx in front: its address, what it logged, the certificate its readers trust."""

    port: int
    log: Path
    trust: ssl.SSLContext

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}/{FOLDER}"

    def upstreams(self) -> list[str]:
        """Return to which replica each request went."""
        return re.findall(r" (127\.0\.0\.1:\d+) /", self.log.read_text(encoding="utf-8"))


@contextmanager
def proxied(folder: Path, replicas: list[int], provider: int, is_sticky: bool = True, port: int = 0) -> Iterator[Proxy]:
    """Run nginx with deploy/nginx.conf, its places and ports changed; without stickiness one line is taken out."""
    folder.mkdir()
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    port = port or free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    log = folder / "access.log"
    changes = {
        "worker_processes auto": "worker_processes 1",
        "pid /run/nginx.pid": f"pid {folder}/nginx.pid",
        "error_log /dev/stderr": f"error_log {folder}/error.log",
        "access_log /dev/stdout": f"access_log {log}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/nginx/tls": str(folder),
        "server_name dash.example.org": "server_name localhost",
        "dash.example.org": f"localhost:{port}",
        "dashboard-1:8501": f"127.0.0.1:{replicas[0]}",
        "dashboard-2:8501": f"127.0.0.1:{replicas[1]}",
        "provider:5556": f"127.0.0.1:{provider}",
    }
    if not is_sticky:
        changes["        hash $place consistent;\n"] = ""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx
    command = [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until(log.is_file, 20, 0.1)
        yield Proxy(port, log, ssl.create_default_context(cafile=str(certificate)))
    finally:
        process.terminate()
        process.wait(timeout=20)


@dataclass
class Browser:
    """A reader's browser, as far as it matters here: cookies, one web socket, what the page said last."""

    proxy: Proxy
    cookies: dict[str, str] = field(default_factory=dict)
    session: str = ""
    text: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    redirect: str = ""

    def request(
        self, address: str, method: str = "GET", data: bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        """Ask for an address, without following where it leads; `redirect` says where."""
        if address.startswith("/"):
            address = self.proxy.address + address
        asked = urllib.request.Request(address, data, method=method)
        for name, value in headers.items():
            asked.add_header(name.replace("_", "-"), value)
        if self.cookies and "localhost" in address:
            asked.add_header("Cookie", self._cookies())
        opener = urllib.request.build_opener(_Stays, urllib.request.HTTPSHandler(context=self.proxy.trust))
        try:
            answer = opener.open(asked, timeout=120)
        except urllib.error.HTTPError as problem:
            answer = problem  # type: ignore[assignment]
        with answer:
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
                if "max-age=0" in line.lower():
                    del self.cookies[name]
            self.redirect = answer.headers.get("Location") or ""
            return int(answer.status or 0), answer.read()

    def opened(self) -> ClientConnection:
        """Open the web socket of a page."""
        address = self.proxy.address.replace("https", "wss") + "/_stcore/stream"
        headers = {"Cookie": self._cookies()} if self.cookies else {}
        return connect(
            address,
            # The page sends this token here; without it the framework does not believe the cookie of a sign-in.
            subprotocols=[
                "streamlit",
                *([self.cookies["_streamlit_xsrf"]] if "_streamlit_xsrf" in self.cookies else []),
            ],
            max_size=None,
            compression=None,
            ssl=self.proxy.trust,
            additional_headers=headers,
            origin=self.proxy.address.removesuffix(f"/{FOLDER}"),
            open_timeout=120,
        )

    def visit(self, socket: ClientConnection, page: str, query: str = "", press: str = "") -> str:
        """Run a page, a button of it pressed or none; return what it said."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        if press:
            message.rerun_script.widget_states.widgets.add(id=self.buttons[press], trigger_value=True)
        socket.send(message.SerializeToString())
        said: list[str] = []
        while True:
            answer = ForwardMsg.FromString(socket.recv(timeout=SECONDS))
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.session = answer.new_session.initialize.session_id
            elif kind == "auth_redirect":
                self.redirect = answer.auth_redirect.url
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                element = answer.delta.new_element
                if element.WhichOneof("type") == "button":
                    self.buttons[element.button.label] = element.button.id
                said.append(str(element))
            elif kind == "script_finished" and answer.script_finished == 0:
                self.text = "\n".join(said)
                return self.text

    def upload(self, name: str) -> int:
        """Drop a file into the session that `visit` opened; return the answer."""
        line = "a-line-between-parts"
        head = f'--{line}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        body = f"{head}a,b\n1,2\n\r\n--{line}--\r\n"
        status, _ = self.request(
            f"/_stcore/upload_file/{self.session}/{name}",
            "PUT",
            body.encode(),
            Content_Type=f"multipart/form-data; boundary={line}",
            X_Xsrftoken=self.cookies["_streamlit_xsrf"],
        )
        return status

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class _Stays(urllib.request.HTTPRedirectHandler):
    """Go nowhere by itself."""

    def redirect_request(self, *_: object) -> None:
        return None
