"""Pages of what is taken away, as pictures to look at: python -m tests.look [name?field=value ...]. Not part of CI.

Writes tests/screens/taken/: the PDF pages and the slides (through LibreOffice) of some pages, and the page of the HTML
file as Chromium prints it. Needs `pdftoppm` (Debian: poppler-utils) and `soffice` (libreoffice-impress).
"""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

from neaspec.briefs.formats import FORMATS
from tests.support.said import hostile_document, made_up_document, real_document

FOLDER = Path(__file__).parent / "screens" / "taken"
SHOWN = (
    "briefs?kind=som",
    "briefs?kind=country&country_code=MNG",
    "species?species_id=amur_tiger",
    "movements",
    "cooperation",
)


def main(wanted: list[str]) -> int:
    """Write pictures of the wanted pages, or of some that have every kind of block."""
    lacking = [name for name in ("pdftoppm", "soffice") if shutil.which(name) is None]
    if lacking:
        print(f"needed and not found: {', '.join(lacking)} (Debian: poppler-utils, libreoffice-impress)")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    documents = {"made-up": made_up_document(), "hostile": hostile_document()} if not wanted else {}
    for address in wanted or SHOWN:
        name, _, query = address.partition("?")
        given = dict(parse_qsl(query))
        documents[address.replace("?", "-").replace("&", "-")] = real_document(name, **given)
    for stem, document in documents.items():
        for form in ("pdf", "pptx"):
            path = FOLDER / f"{stem}.{form}"
            path.write_bytes(FORMATS[form].make(document))
            if form == "pptx":
                subprocess.run(
                    [
                        "soffice",
                        "--headless",
                        "--convert-to",
                        "pdf:impress_pdf_Export",
                        "--outdir",
                        FOLDER / "slides",
                        path,
                    ],
                    check=True,
                    capture_output=True,
                )
                path = FOLDER / "slides" / f"{stem}.pdf"
            subprocess.run(["pdftoppm", "-r", "60", "-png", path, path.with_suffix(f".{form}")], check=True)
            print(f"{path}: {len(list(path.parent.glob(f'{stem}.{form}-*.png')))} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
