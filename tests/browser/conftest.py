"""A page under test: written by the writer, opened from a file, watched for errors and requests."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

import newsfacts
from newsfacts.model import Document, Fact
from newsfacts.output import html
from tests.browser.chromium import (
    DESKTOP,
    INSTALL,
    find_programs,
    open_browser,
    set_screen,
    take_complaints,
    take_requests,
)


class Page:
    """An open page, as a person sees it and acts on it."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements("css selector", selector)

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        """The text of each element, in one call however many there are, whether it is in sight or not."""
        script = "return Array.from(document.querySelectorAll(arguments[0]), element => element.textContent)"
        texts: list[str] = self.run(script, selector)
        return texts

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def type(self, words: str) -> None:
        """Put words into the filter, in the place of those that are there."""
        self.one("#query").send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.DELETE, words)

    def point(self, element: WebElement) -> None:
        ActionChains(self.browser).move_to_element(element).perform()

    def wait(self, condition: Callable[[], Any]) -> None:
        WebDriverWait(self.browser, 10, poll_frequency=0.02).until(lambda _: condition())

    def focused(self) -> str:
        """The text of what has the focus."""
        text: str = self.run("return document.activeElement.textContent")
        return text

    def underlined(self) -> dict[str, str]:
        """The words that are underlined, by their role."""
        script = "return Object.fromEntries([...CSS.highlights].map(([role, ranges]) => [role, [...ranges].join()]))"
        words: dict[str, str] = self.run(script)
        return words

    def column(self, name: str) -> list[str]:
        """The cells of a column, of the rows that are drawn."""
        return self.texts(f"#facts td.{name}")


Result = tuple[Document, Sequence[Fact]]
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    if find_programs() is None:
        pytest.skip(INSTALL)
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: webdriver.Chrome, tmp_path: Path) -> Iterator[OpenPage]:
    """Writes documents, or results, as a page and opens it; in the end the console and the network were silent."""
    set_screen(browser, DESKTOP)

    def open_results(*items: Document | Result, language: str = "en", at: str = "") -> Page:
        results = [(item, newsfacts.extract_document(item)) if isinstance(item, Document) else item for item in items]
        path = tmp_path / "facts.html"
        with path.open("w", encoding="utf-8") as stream:
            html.write(results, stream, language)
        browser.get("about:blank")
        browser.get(path.as_uri() + at)
        return Page(browser)

    yield open_results
    assert take_complaints(browser) == []
    assert take_requests(browser) == []
