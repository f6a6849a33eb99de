"""Takes the pictures of ``docs/pictures``: the report on examples/mirage, in headless Chromium."""

import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from chromium import PHONE, Browser, browser  # noqa: E402 (of the tests)

from mirage_lint import cli  # noqa: E402 (as above)

PICTURES = ROOT / "docs" / "pictures"
DESK = (1280, 800)


def take(folder: Path) -> None:
    """Take all pictures of the report in ``folder``."""
    document = next(folder.glob("docs-false-lineages-md-*.html"))
    with browser() as one:
        for theme in ("light", "dark"):
            one.looks(*DESK, theme)
            one.open(document)
            one.press("n")
            one.picture(PICTURES / f"document-{theme}.webp")
            one.open(folder / "index.html")
            one.picture(PICTURES / f"overview-{theme}.webp")
        _phone(one, document, folder / "index.html")


def _phone(one: Browser, document: Path, overview: Path) -> None:
    one.looks(*PHONE, "light")
    one.open(document)
    one.run("document.querySelector('.c.contradicted').click()")
    one.picture(PICTURES / "document-phone.webp")
    one.looks(*PHONE, "dark")
    one.open(overview)
    one.picture(PICTURES / "overview-phone.webp")


if __name__ == "__main__":
    world = ROOT / "examples" / "mirage"
    with TemporaryDirectory() as place:
        with chdir(world):
            assert (
                cli.main(("coverage", "docs", "--format", "html", "--output", f"{place}/report"))
                == 0
            )
        PICTURES.mkdir(exist_ok=True)
        take(Path(place, "report"))
