"""What an operator is given agrees with the code: variables, the image, the services around it."""

import json
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from neaspec.paths import ROOT
from neaspec.web import web_settings

DEPLOY = ROOT / "deploy"
VARIABLE = re.compile(r"\bNEASPEC_[A-Z_]+\b")
CODE = [*(ROOT / "neaspec").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]
OPERATED = [
    *DEPLOY.glob("*.py"),
    *(path for path in DEPLOY.iterdir() if path.suffix in (".yaml", ".example", ".service")),
]
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def table() -> dict[str, str]:
    """Return variable -> what holds without it, from the documented table."""
    lines = (DEPLOY / "README.md").read_text(encoding="utf-8").splitlines()
    return {
        cells[1].strip(" `"): cells[2].strip()
        for line in lines
        if len(cells := line.split("|")) == 5 and "`" in cells[1]
    }


def named(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}


def test_every_variable_that_is_read_is_in_the_table_and_the_other_way_round() -> None:
    in_table = {name for name in table() if name.startswith("NEASPEC_")}
    assert named(CODE) == in_table
    assert named([*OPERATED, DEPLOY / "Containerfile"]) <= in_table


def test_the_table_says_the_numbers_that_hold() -> None:
    said = table()
    for name, default in (*web_settings.QUEUES.values(), *web_settings.PAIRS.values(), web_settings.LOOK):
        assert said[name] == f"`{' '.join(str(number) for number in default)}`", name


# -- the image


def instructions() -> list[tuple[str, str]]:
    """Return the lines of the container file as (word, rest), continued ones joined."""
    joined = re.sub(r"\\\n", " ", CONTAINERFILE)
    lines = [line.strip() for line in joined.splitlines()]
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines if line and not line.startswith("#")]


def last(word: str) -> str:
    return [rest for name, rest in instructions() if name == word][-1]


def test_the_image_rests_on_stated_versions_and_installs_from_the_lock() -> None:
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    assert bases and all(re.fullmatch(r"[\w./-]+:\d+\.\d+\.\d+-[\w-]+(@sha256:[0-9a-f]{64})?", base) for base in bases)
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert installs and all("--require-hashes -r requirements.lock" in rest for rest in installs)


def test_the_image_is_not_root_has_a_health_check_and_ends_when_it_is_asked_to() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last("USER"))
    words = [name for name, _ in instructions()]
    assert words.index("USER") < words.index("CMD") and "USER" not in words[words.index("USER") + 1 :]
    assert "health.py" in last("HEALTHCHECK")
    assert last("STOPSIGNAL") == "SIGTERM"
    assert json.loads(last("CMD"))[:3] == ["streamlit", "run", "dashboard.py"]  # no shell between the signal and us


def test_the_image_takes_named_files_that_exist_and_no_secrets() -> None:
    copied = [rest.split() for name, rest in instructions() if name == "COPY"]
    assert not [name for name, _ in instructions() if name in ("ADD", "ARG", "VOLUME")]
    for *sources, _ in copied:
        for source in sources:
            if source.startswith(("--from=", "/opt/venv")):
                continue
            assert "*" not in source and source not in (".", "./"), source
            assert (ROOT / source).exists(), source
    assert not re.search(r"(?i)password|token|secret|cookie", " ".join(rest for _, rest in instructions()))
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"  # nothing but what is named below it
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert {source for *sources, _ in copied for source in sources if not source.startswith(("--", "/"))} <= let_in


def test_a_lint_finds_nothing_in_the_container_file() -> None:
    tool = ROOT / ".venv-tools" / "bin" / "hadolint"
    found = str(tool) if tool.is_file() else shutil.which("hadolint")
    if found is None:
        pytest.skip("hadolint is not installed here (requirements-tools.txt)")
    done = subprocess.run([found, str(DEPLOY / "Containerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_says_whether_readers_can_be_served_below_the_folder(status: int, code: int) -> None:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name is the library's
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.handle_request, daemon=True).start()
    environment = {"STREAMLIT_SERVER_PORT": str(server.server_port), "STREAMLIT_SERVER_BASE_URL_PATH": "/nature/"}
    done = subprocess.run(
        [sys.executable, str(DEPLOY / "health.py")], env=environment, capture_output=True, check=False
    )
    server.server_close()
    assert (done.returncode, asked) == (code, ["/nature/ready"])


# -- what stands around it


def test_the_services_are_of_stated_versions_read_only_and_hold_no_secret() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert {"dashboard-1", "dashboard-2", "proxy", "store", "provider"} == set(services)
    for name, service in services.items():
        assert re.search(r":v?\d+\.\d+", service["image"]), name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["restart"] == "unless-stopped", name
    for name in ("dashboard-1", "dashboard-2", "proxy", "provider"):
        assert services[name]["read_only"], name
    assert services["dashboard-1"]["user"] == last("USER")
    assert services["dashboard-1"]["depends_on"]["store"]["condition"] == "service_healthy"
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]  # the only way in
    assert not re.search(r"(?i)(password|token|secret)\s*[:=]\s*\S", text.replace("secrets.toml:", ""))
    taken = services["dashboard-1"]["environment"]["FORWARDED_ALLOW_IPS"]
    assert services["proxy"]["networks"]["inside"]["ipv4_address"] == taken
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert services["dashboard-1"]["image"].endswith(f":{version}")


def test_copies_with_secrets_stay_out_of_version_control() -> None:
    for name in ("environment", "store.environment", "provider.environment", "secrets.toml"):
        assert (DEPLOY / f"{name}.example").is_file()
        done = subprocess.run(["git", "check-ignore", "-q", f"deploy/{name}"], cwd=ROOT, check=False)
        assert done.returncode == 0, name
    for name in ("people.csv", "tls/privkey.pem"):
        assert subprocess.run(["git", "check-ignore", "-q", f"deploy/{name}"], cwd=ROOT, check=False).returncode == 0


def test_examples_name_what_must_be_changed_and_the_sign_in_leads_to_our_address() -> None:
    secrets = tomllib.loads((DEPLOY / "secrets.toml.example").read_text(encoding="utf-8"))["auth"]
    provider = yaml.safe_load((DEPLOY / "dex.yaml").read_text(encoding="utf-8"))
    (client,) = provider["staticClients"]
    assert [secrets["redirect_uri"]] == client["redirectURIs"]
    assert secrets["client_id"] == client["id"]
    assert secrets["server_metadata_url"] == f"{provider['issuer']}/.well-known/openid-configuration"
    assert secrets["cookie_secret"] == secrets["client_secret"] == "CHANGE-THIS"


def test_nginx_writes_nothing_of_readers_to_the_disk_or_the_log_and_hides_the_metrics() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "proxy_max_temp_file_size 0;" in text
    upload = text[text.index("location /nature/_stcore/upload_file/") :].partition("}")[0]
    assert "proxy_request_buffering off;" in upload and "access_log off;" in upload
    (line,) = re.findall(r"log_format counted (.+);", text)
    assert not re.search(r"remote_|args|request_uri|http_|cookie|\$request\b", line)
    assert "return 404;" in text[text.index("location = /nature/metrics") :].partition("}")[0]
    assert "X-Forwarded-For $remote_addr;" in text  # not what a stranger said before


def test_the_unit_is_one_that_systemd_can_read(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    text = (DEPLOY / "neaspec@.service").read_text(encoding="utf-8")
    start = "/srv/neaspec/dashboard/.venv/bin/streamlit"
    assert start in text
    unit = tmp_path / "neaspec@8501.service"
    unit.write_text(text.replace(start, shutil.which("true") or "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "neaspec@8501.service" not in done.stderr, done.stderr
    assert "User=neaspec\n" in text and "KillSignal=SIGTERM\n" in text
