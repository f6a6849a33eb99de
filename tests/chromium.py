"""Headless Chromium through its driver, for tests and for the pictures of the docs."""

import json
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--force-color-profile=srgb", "--disable-dev-shm-usage"),
)
DESK, PHONE = (1440, 900), (390, 844)


def programs() -> tuple[str, str] | None:
    """Where the browser and its driver are; None where one of them is absent."""
    found = shutil.which("chromium"), shutil.which("chromedriver")
    return (found[0], found[1]) if found[0] and found[1] else None


class Browser:
    """A browser with one page."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path) -> None:
        """Load a page from its file."""
        self.go(page.as_uri())

    def go(self, address: str) -> None:
        """Load a page, and forget what was told and asked before."""
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(address)

    def looks(self, width: int, height: int, theme: str = "light") -> None:
        """Take a size, and a theme that the system is said to have."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._command("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": theme}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self._command("Emulation.setEmulatedMedia", {"features": [scheme, still]})

    def scripts(self, run: bool) -> None:
        """Whether pages may run scripts of their own."""
        self._command("Emulation.setScriptExecutionDisabled", {"value": not run})

    def picture(self, place: Path) -> None:
        """Write what is seen, as PNG or WebP by the ending of ``place``."""
        told: dict[str, Any] = {"format": place.suffix[1:]}
        if place.suffix == ".webp":
            told["quality"] = 70
        taken = self._command("Page.captureScreenshot", told)
        place.write_bytes(b64decode(taken["data"]))

    def run(self, script: str, *values: Any) -> Any:
        """What a script of ours returns."""
        return self.driver.execute_script(script, *values)

    def press(self, keys: str) -> None:
        """Type."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(keys).perform()

    def told(self) -> list[str]:
        """What the console was told since the page was opened."""
        return [one["message"] for one in self.driver.get_log("browser")]

    def asked(self) -> set[str]:
        """The addresses that were asked for since the page was opened, but for what a page has in
        itself.
        """
        events = [
            json.loads(one["message"])["message"] for one in self.driver.get_log("performance")
        ]
        return {
            one["params"]["request"]["url"]
            for one in events
            if one["method"] == "Network.requestWillBeSent"
            and not one["params"]["request"]["url"].startswith("data:")
        }

    def _command(self, name: str, values: dict[str, Any]) -> Any:
        return self.driver.execute_cdp_cmd(name, values)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with a profile of its own, which is gone afterwards."""
    from selenium import webdriver

    found = programs()
    assert found, "chromium and chromedriver are absent"
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        driver = webdriver.Chrome(options, webdriver.ChromeService(found[1]))
        try:
            yield Browser(driver)
        finally:
            driver.quit()
