"""What a reader waits for in a browser: the first load, and the change after a click."""

import statistics
import time

from playwright.sync_api import Page, sync_playwright

from tests.support.serving import FLAGS, chromium

READY = "[data-testid=stApp][data-test-script-state=notRunning]"


def first_load_seconds(address: str, wait_for: str, runs: int = 3) -> float:
    """Return the median time from an empty browser to the title of a page."""
    times = []
    with sync_playwright() as play:
        for _ in range(runs):
            browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = browser.new_page()
            started = time.perf_counter()
            page.goto(address)
            page.locator(wait_for).first.wait_for(timeout=60_000)
            page.wait_for_selector(READY, timeout=60_000)
            times.append(time.perf_counter() - started)
            browser.close()
    return statistics.median(times)


def click_seconds(address: str, choices: list[str], shown: str, runs: int = 9) -> float:
    """Return the median time from choosing an option to the page that shows it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector(READY, timeout=60_000)
        page.wait_for_timeout(2000)
        for choice in choices:
            one_click(page, choice, shown)
        times = [one_click(page, choices[number % len(choices)], shown) for number in range(runs)]
        browser.close()
    return statistics.median(times)


def one_click(page: Page, choice: str, shown: str) -> float:
    """Choose one option and wait until the page shows it."""
    page.locator("[data-testid=stMain] [data-testid=stSelectbox] input").first.click()
    page.get_by_role("option", name=choice, exact=True).wait_for()
    started = time.perf_counter()
    page.get_by_role("option", name=choice, exact=True).click()
    page.locator(shown, has_text=choice).first.wait_for(timeout=60_000)
    return time.perf_counter() - started
