"""Twelve tasks, walked in a browser from Home; a choice in a menu or box, or a typed search, is one click."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page

from benchmarks.acceptance.limits import Measure
from benchmarks.acceptance.screens import READY, WIDE, opened

PATIENCE_MS = 20_000


@dataclass
class Walk:
    """A reader at work: what is clicked is counted."""

    page: Page
    clicks: int = 0

    def settle(self) -> None:
        """Wait until the page stands still."""
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(READY, timeout=PATIENCE_MS)
        self.page.wait_for_timeout(600)

    def menu(self, heading: str, entry: str) -> None:
        """Choose a page in the navigation."""
        if heading:
            self.page.locator("[data-testid=stTopNavSection]", has_text=heading).first.click()
        self.page.locator("a:visible", has_text=re.compile(f"^{entry}$")).first.click(timeout=PATIENCE_MS)
        self.clicks += 1
        self.settle()

    def button(self, name: str) -> None:
        """Press a button, a pill or a tab."""
        self.page.get_by_role("radio", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        ).first.click(timeout=PATIENCE_MS)
        self.clicks += 1
        self.settle()

    def link(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click(timeout=PATIENCE_MS)
        self.clicks += 1
        self.settle()

    def box(self, label: str, option: str) -> None:
        """Choose in a box of choices."""
        self.page.get_by_role("combobox", name=label).first.click(timeout=PATIENCE_MS)
        self.page.get_by_role("option", name=option).first.click(timeout=PATIENCE_MS)
        self.clicks += 1
        self.settle()

    def tool(self, name: str, entry: str) -> None:
        """Choose in a list of the toolbar."""
        self.page.locator(".nc-tool", has_text=name).first.click(timeout=PATIENCE_MS)
        self.page.locator(".nc-pop:popover-open").get_by_text(entry, exact=True).first.click(timeout=PATIENCE_MS)
        self.clicks += 1
        self.settle()

    def listed(self, number: int = 0) -> None:
        """Choose a thing of a linked list."""
        self.page.locator("[class*=st-key-nc-list] [role=radiogroup] label").nth(number).click()
        self.clicks += 1
        self.settle()

    def search(self, text: str) -> None:
        """Type into the search box."""
        self.page.locator("input[type=search]").first.fill(text)
        self.clicks += 1
        self.page.locator(".nc-found").first.wait_for(timeout=PATIENCE_MS)

    def says(self, *texts: str) -> list[str]:
        """Return which of some texts the page does not show."""
        shown = " ".join(self.page.inner_text("body").split())
        return [text for text in texts if text not in shown]


def response(walk: Walk) -> list[str]:
    """What waits for Mongolia, and elements for a response."""
    walk.menu("", "My delegation")
    walk.button("Mongolia")
    walk.link("Elements for a response")
    return walk.says("Mongolia", "not a position of any Government")


def leopards(walk: Walk) -> list[str]:
    """Leopards on both sides now, and against 2016 or 2017."""
    walk.link("Amur leopard")
    return walk.says("129", "about 80", "2017")


def tigers(walk: Walk) -> list[str]:
    """Tigers between China and the Russian Federation, on the projector."""
    walk.menu("Explore", "Movements")
    walk.button("Amur tiger")
    missing = walk.says("China", "Russian Federation")
    walk.tool("Export", "Present")
    return missing + ([] if "present=1" in walk.page.url else ["present=1"])


def cranes(walk: Walk) -> list[str]:
    """Sites used by cranes without protection, by State."""
    walk.menu("Explore", "Sites")
    walk.box("Species", "cranes")
    return walk.says("sites used by cranes", "no protection on record")


def funding(walk: Walk) -> list[str]:
    """Funding: total, itemised, who, spent or not."""
    walk.menu("Cooperation", "Projects and funding")
    return walk.says("636,870", "196,000", "440,870", "Russian Federation", "Spending is not on record here")


def changed(walk: Walk) -> list[str]:
    """What changed since SOM-27."""
    walk.menu("For the SOM", "Changes")
    walk.button("SOM-27")
    return walk.says("Since SOM-27", "7,081")


def tumen_paper(walk: Walk) -> list[str]:
    """Two-page paper on the Tumen estuary."""
    walk.menu("For the SOM", "Papers and stories")
    walk.box("About", "Shared area")
    return walk.says("Tumen", "2 pages", "PDF", "Word")


def compared(walk: Walk) -> list[str]:
    """Compare China and the Russian Federation."""
    walk.menu("Explore", "Compare")
    walk.box("First", "China")
    walk.box("Second", "Russian Federation")
    return walk.says("China", "Russian Federation", "Amur tiger")


def site_facts(walk: Walk) -> list[str]:
    """Choose a site of the map, get its facts."""
    walk.menu("Explore", "Map")
    walk.listed()
    return [] if walk.page.locator(".nc-panel").count() else ["a panel"]


def rason(walk: Walk) -> list[str]:
    """Everything about Rason."""
    walk.search("Rason")
    return walk.says("Rason Migratory Bird Reserve", "Sites", "Projects", "Documents", "Records")


def same_view(walk: Walk) -> list[str]:
    """Send the same view."""
    walk.tool("Share", "Copy the address")
    return []


def story(walk: Walk) -> list[str]:
    """Present a ready story."""
    walk.menu("For the SOM", "Papers and stories")
    walk.button("Stories")
    walk.link("Present")
    return [] if "present=1" in walk.page.url else ["present=1"]


TASKS: tuple[tuple[Callable[[Walk], list[str]], int], ...] = (
    (response, 3),
    (leopards, 1),
    (tigers, 4),
    (cranes, 3),
    (funding, 1),
    (changed, 3),
    (tumen_paper, 4),
    (compared, 4),
    (site_facts, 2),
    (rason, 1),
    (same_view, 2),
    (story, 3),
)


def walked_tasks(browser: Browser, server: str) -> Iterator[Measure]:
    """Walk every task from Home; it must end with what was asked for, within its clicks."""
    for task, most in TASKS:
        page = browser.new_context(viewport=WIDE).new_page()
        walk = Walk(page)
        name = " ".join(str(task.__doc__).split())
        try:
            opened(page, server, "/")
            missing = task(walk)
            said = f"clicks {walk.clicks}" + (f", not shown: {missing}" if missing else "")
            yield Measure("task", name, said, f"{most}", not missing and walk.clicks <= most)
        except Error as problem:
            yield Measure("task", name, f"after {walk.clicks} clicks: {str(problem).splitlines()[0]}", f"{most}", False)
        page.context.close()
