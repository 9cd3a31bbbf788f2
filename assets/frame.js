/* What the frame needs beyond the framework. Runs once a page load, however often the page is run again. */
(() => {
  "use strict";
  if (window.neaspecFrame) return;
  window.neaspecFrame = true;

  /* Copies what a button carries, and says so on it for a moment. */
  async function copy(button) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      button.after(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "✓ " + label;
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  /* The framework leaves its menu open over the page of a phone after a choice. */
  function closeMenu(link) {
    if (window.innerWidth > 768 || !link.closest("[data-testid=stSidebar]")) return;
    setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click(), 50);
  }

  /* A picture is added to the story this reader worked on last; its address says all of it and stays in this window. */
  const STORY = "neaspec story";
  function keepStory(link) {
    const shown = new URLSearchParams(location.search);
    if (shown.has("story")) sessionStorage.setItem(STORY, shown);
    const kept = sessionStorage.getItem(STORY);
    if (!kept || !link?.matches(".nc-add")) return;
    const address = new URL(link.href);
    for (const [key, value] of new URLSearchParams(kept))
      if (key === "story" || key === "slides" || /^(note|add)\./.test(key)) address.searchParams.set(key, value);
    link.href = address;
  }

  /* What a reader looks at on a map beside a list stands in the address: centre and zoom, read where the map keeps them
     (the framework tells its server nothing of it). When the map shows other places the old part goes. */
  const MAP = "[class*=st-key-nc-map-] [data-testid=stDeckGlJsonChart]";
  const SETTLED = 700; /* ms; a map glides on after the hand has left it */
  let before = null, waiting = 0, lookedAt = null;
  function looked(map) {
    const key = map && Object.keys(map).find((name) => name.startsWith("__reactFiber"));
    const open = key ? [map[key].child] : [];
    for (let part = open.pop(), left = 200; part && left; part = open.pop(), left--) {
      const { viewState, views } = part.memoizedProps ?? {};
      if (viewState) {
        const [longitude, latitude, zoom] = [viewState.longitude, viewState.latitude, viewState.zoom];
        return { shows: String(views?.[0]?.id), at: `${longitude.toFixed(3)}_${latitude.toFixed(3)}_${zoom.toFixed(2)}` };
      }
      if (part.sibling) open.push(part.sibling);
      if (part.child) open.push(part.child);
    }
    return null;
  }
  function writeView(at) {
    const address = new URL(location.href);
    if (at) address.searchParams.set("view", at);
    else address.searchParams.delete("view");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }
  function touched(event) {
    const map = event.target.closest?.(MAP);
    if (!map || (event.type === "pointermove" && !before)) return;
    before ??= looked(map);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const after = looked(map);
      if (after && before && after.shows === before.shows && after.at !== before.at) {
        lookedAt = after.shows;
        writeView(after.at);
      }
      before = null;
    }, SETTLED);
  }
  for (const kind of ["pointerdown", "pointermove", "pointerup", "wheel", "keydown", "keyup"])
    document.addEventListener(kind, touched, { capture: true, passive: true });
  function forgetView() {
    const now = looked(document.querySelector(MAP));
    if (now && new URLSearchParams(location.search).has("view")) {
      lookedAt ??= now.shows;
      if (now.shows !== lookedAt) writeView("");
    }
    if (!now || now.shows !== lookedAt) lookedAt = null;
  }
  document.addEventListener("click", () => setTimeout(forgetView, 1500));

  /* A tab or a selection changes the address without a new run: what is shared is the address of the moment. */
  document.addEventListener("toggle", (event) => {
    if (event.newState !== "open" || event.target.id !== "nc-share") return;
    forgetView();
    const view = location.href;
    const [code, copied, mail, picture] = ["code", "[data-copy]", ".nc-mail", ".nc-qr"].map((part) => event.target.querySelector(part));
    code.textContent = copied.dataset.copy = view;
    mail.href = mail.href.replace(/body=.*$/, "body=" + encodeURIComponent(view));
    picture.src = picture.dataset.code + encodeURIComponent(view);
  }, true);

  document.addEventListener("click", (event) => {
    keepStory(event.target.closest?.("a"));
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
    const unfold = event.target.closest?.("[data-unfold]")?.dataset.unfold;
    if (unfold) document.body.dataset[unfold] = document.body.dataset[unfold] === "open" ? "" : "open";
    const link = event.target.closest?.("[data-testid=stSidebarNavLink]");
    if (link) closeMenu(link);
  });

  /* From the search box: Enter opens the first thing found, arrows go through all of them. */
  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.(".st-key-nc-toolbar");
    if (!bar || !["Enter", "ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
    const links = [...bar.querySelectorAll(".nc-found a")];
    const at = links.indexOf(document.activeElement);
    const isBox = event.target.matches("input[type=search]");
    if (event.key === "Enter" && isBox && links.length) links[0].click();
    else if (event.key === "ArrowDown" && links.length && (isBox || at >= 0)) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? bar.querySelector("input[type=search]")).focus();
    else if (event.key === "Escape" && at >= 0) bar.querySelector("input[type=search]").focus();
    else return;
    if (!(event.key === "Enter" && !links.length)) event.preventDefault();
  });

  /* The framework's menu of a phone is a list whose groups are no items of it: to those who hear the page it is links. */
  function asLinks() {
    for (const list of document.querySelectorAll("[data-testid=stSidebarNavItems]:not([role])")) list.setAttribute("role", "none");
    for (const item of document.querySelectorAll("[data-testid=stSidebarNavItems] li:not([role])")) item.setAttribute("role", "none");
  }
  asLinks();
  new MutationObserver(asLinks).observe(document.body, { childList: true, subtree: true });
})();
