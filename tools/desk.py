"""Try the shared desk: a copy of the project in .desk/, a local provider of sign-ins, people with every role.

    make desk       then sign in as focal@mongolia.example, editor@secretariat.example or publisher@secretariat.example

The provider believes every name, so it is for trying alone. What is published goes into the copy, never into data/.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from neaspec.desk.settings import PEOPLE, STORE, TRUSTS
from neaspec.paths import ROOT

HOME = ROOT / ".desk"
COPIED = ("neaspec", "pages", "queries", "assets", "data", ".streamlit", "dashboard.py")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "neaspec*.duckdb*", "papers")
TABLE = """address,role,country_code
focal@china.example,focal_point,CHN
focal@dprk.example,focal_point,PRK
focal@japan.example,focal_point,JPN
focal@mongolia.example,focal_point,MNG
focal@rok.example,focal_point,KOR
focal@russia.example,focal_point,RUS
editor@secretariat.example,editor,
publisher@secretariat.example,publisher,
administrator@secretariat.example,administrator,
"""


def prepare(port: int, provider_port: int) -> Path:
    """Make the copy where there is none yet, with its people and its sign-in; return its folder."""
    project = HOME / "project"
    if not project.is_dir():
        project.mkdir(parents=True)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, project / name, ignore=NOT_COPIED)
            else:
                shutil.copy(source, project / name)
    if not (HOME / "people.csv").is_file():
        (HOME / "people.csv").write_text(TABLE, encoding="utf-8")
    (project / ".streamlit" / "secrets.toml").write_text(sign_in(port, provider_port), encoding="utf-8")
    return project


def sign_in(port: int, provider_port: int) -> str:
    """Return the set-up of the sign-in."""
    return f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{secrets.token_hex(32)}"
client_id = "desk"
client_secret = "{secrets.token_hex(16)}"
server_metadata_url = "http://localhost:{provider_port}/.well-known/openid-configuration"
"""


def main() -> int:
    """Run provider and dashboard until they are stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.desk", description=__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--provider-port", type=int, default=9400)
    asked = parser.parse_args()
    project = prepare(asked.port, asked.provider_port)
    environment = os.environ | {
        STORE: f"sqlite:///{HOME / 'desk.sqlite'}",
        PEOPLE: str(HOME / "people.csv"),
        TRUSTS: "yes",
    }
    provider = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(asked.provider_port), "--host", "localhost"]
    )
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(asked.port)]
    try:
        return subprocess.run(command, cwd=project, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        provider.terminate()


if __name__ == "__main__":
    sys.exit(main())
