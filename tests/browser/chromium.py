"""Debian's Chromium, headless, driven by selenium: nothing is downloaded, and no request may leave the machine."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.command import Command

INSTALL = "needs chromium and chromedriver: apt-get install chromium chromium-driver"
DESKTOP, PHONE = (1440, 900), (390, 844)

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=en",
)


def find_programs() -> tuple[str, str] | None:
    """The paths of the browser and of its driver, where both are installed."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def open_browser() -> Iterator[webdriver.Chrome]:
    """A browser that keeps what its console says and what it asks of the network."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError(INSTALL)
    options = webdriver.ChromeOptions()
    options.binary_location, driver = programs
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield browser
    finally:
        browser.quit()


def set_screen(browser: webdriver.Chrome, size: tuple[int, int], *, dark: bool = False, scale: float = 1) -> None:
    """Show pages as a screen of this size in CSS pixels does, in dark or light."""
    width, height = size
    is_phone = size == PHONE
    screen = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": is_phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": is_phone})
    set_media(browser, **{"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"})


def set_media(browser: webdriver.Chrome, media: str = "", **features: str) -> None:
    """Let the page believe that it is printed, or that its reader prefers something."""
    named = [{"name": name, "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": named})


def _take_log(browser: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = browser.execute(Command.GET_LOG, {"type": kind})["value"]
    return entries


def take_requests(browser: webdriver.Chrome) -> list[str]:
    """The addresses that were asked for since the last call, but for files."""
    messages = [json.loads(entry["message"])["message"] for entry in _take_log(browser, "performance")]
    sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    return [params["request"]["url"] for params in sent if not params["request"]["url"].startswith("file:")]


def take_complaints(browser: webdriver.Chrome) -> list[str]:
    """What the console said since the last call."""
    return [entry["message"] for entry in _take_log(browser, "browser")]
