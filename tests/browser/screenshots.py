"""The pictures of the READMEs, made from our own samples: `make screenshots`."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from selenium import webdriver

import newsfacts
from newsfacts.output import html
from tests.browser.chromium import open_browser, set_screen

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = "samples/harbour.html"
SIZE = (1360, 850)


class Shot(NamedTuple):
    """A picture: its file, what the page speaks, its light, and what is done before it is taken."""

    name: str
    language: str
    dark: bool
    action: str


SHOTS = (
    Shot("page.png", "zh", False, "document.querySelectorAll('mark')[4].focus()"),
    Shot("charts.png", "en", True, "document.querySelector('button[data-view=charts]').click()"),
)


def take(browser: webdriver.Chrome, shot: Shot, page: Path, folder: Path) -> None:
    document = replace(newsfacts.read(ROOT / SAMPLE), source=SAMPLE)
    with page.open("w", encoding="utf-8") as stream:
        html.write([(document, newsfacts.extract_document(document))], stream, shot.language)
    set_screen(browser, SIZE, dark=shot.dark)
    browser.get(page.as_uri())
    browser.execute_script(shot.action)
    browser.save_screenshot(str(folder / shot.name))


def main() -> None:
    folder = ROOT / "docs"
    folder.mkdir(exist_ok=True)
    with open_browser() as browser, tempfile.TemporaryDirectory() as scratch:
        for shot in SHOTS:
            take(browser, shot, Path(scratch) / "facts.html", folder)


if __name__ == "__main__":
    main()
