/* The same page as a presentation: one block a screen, 28 px text at the least; what is too long goes on. */
"use strict";
const present = (() => {
  const root = document.documentElement;
  const { make } = PARTS;
  const { words } = NC;
  const TEXT = 28; // pixels at 1280 x 720; larger on a larger screen
  const PHONE_TEXT = 18; // on a screen too small to be projected
  const AXIS_TEXT = 22; // text of axes as it is seen, at 1280 x 720
  const REGION_SHAPE = 2.04; // width of the region for its height; beyond it our map has no land
  const fromServer = "address" in root.dataset;

  let stage, crumbLine, counter, room;
  let screens = [];
  let at = 0;

  async function drawPicture(screen) {
    const { area, name } = screen;
    const { zoom } = screen.size;
    const canvas = make("div", "nc-canvas");
    const height = Math.floor(Math.min(screen.size.own ?? Infinity, screen.height / zoom));
    const isRegion = NC.data.maps[name]?.view === "region";
    const width = Math.floor(Math.min(screen.width / zoom, isRegion ? REGION_SHAPE * height : Infinity));
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${zoom})` });
    area.replaceChildren(canvas);
    screen.canvas = canvas;
    const axisText = (AXIS_TEXT * parseFloat(getComputedStyle(stage).fontSize)) / TEXT / zoom;
    const { range, top } = screen.size;
    await NC.draw(canvas, name, { width, height, axisText, range, top, pixels: zoom * devicePixelRatio });
  }

  /* Where we are: number of the block and of the part of it, which stay the same on every screen size. */
  function wantedPosition() {
    const kept = fromServer ? new URLSearchParams(location.search).get("slide") : location.hash.split("=")[1];
    const [block, part] = (kept ?? "0").split(".").map(Number);
    return { block: block || 0, part: part || 0 };
  }

  function find({ block, part }) {
    const after = screens.findIndex((one) => one.block > block || (one.block === block && one.part > part));
    return after < 0 ? screens.length - 1 : Math.max(after - 1, 0);
  }

  function keepAddress({ block, part }) {
    const position = part ? `${block}.${part}` : `${block}`;
    const url = new URL(location.href);
    if (fromServer) url.searchParams.set("slide", position);
    else url.hash = `present=${position}`;
    history.replaceState(null, "", url);
  }

  function leave(screen) {
    if (!screen?.canvas) return;
    NC.release(screen.canvas);
    screen.canvas.remove();
    screen.canvas = null;
  }

  function show(index) {
    if (!screens.length) return;
    const goal = Math.min(Math.max(index, 0), screens.length - 1);
    leave(screens[at]);
    at = goal;
    const screen = screens[at];
    crumbLine.textContent = screen.crumb;
    room.replaceChildren(screen.body);
    counter.textContent = `${at + 1} / ${screens.length}`;
    if (screen.area) drawPicture(screen);
    keepAddress(screen);
  }

  function rebuild() {
    const position = screens.length ? screens[at] : wantedPosition();
    const size = TEXT * Math.min(innerWidth / 1280, innerHeight / 720);
    stage.style.fontSize = `${innerWidth < 1000 ? Math.max(PHONE_TEXT, size) : Math.max(TEXT, size)}px`;
    screens.forEach(leave);
    screens = SCREENS(stage, crumbLine, room);
    show(find(position));
  }

  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter", "n"];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace", "p"];

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onLink = event.target.closest?.("a") && event.key === "Enter";
    if (onLink) return;
    if (NEXT.includes(event.key)) show(at + (event.shiftKey && event.key === " " ? -1 : 1));
    else if (BACK.includes(event.key)) show(at - 1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(screens.length - 1);
    else if (event.key === "Escape") stop();
    else return;
    event.preventDefault();
  }

  function click(event) {
    const link = event.target.closest("a");
    if (!link) {
      show(at + (event.clientX >= innerWidth / 2 ? 1 : -1));
      return;
    }
    const target = link.getAttribute("href");
    if (!target.startsWith("#")) return;
    event.preventDefault();
    const index = screens.findIndex((screen) => screen.body.querySelector(`[data-id="${CSS.escape(target.slice(1))}"]`));
    if (index >= 0) show(index);
  }

  let touched = null;
  let waiting = 0;
  const resized = () => {
    clearTimeout(waiting);
    waiting = setTimeout(rebuild, 200);
  };

  function start() {
    root.classList.add("nc-presenting");
    stage = make("section", "nc-stage");
    stage.tabIndex = -1;
    stage.setAttribute("aria-label", words.present);
    crumbLine = make("p", "nc-crumb");
    room = make("div", "nc-room");
    room.setAttribute("aria-live", "polite");
    counter = make("p", "nc-counter");
    stage.append(crumbLine, room, counter);
    document.body.append(stage);
    stage.addEventListener("click", click);
    stage.addEventListener("touchstart", (event) => (touched = event.changedTouches[0].clientX), { passive: true });
    stage.addEventListener("touchend", (event) => {
      const moved = event.changedTouches[0].clientX - touched;
      if (Math.abs(moved) > 50) show(at + (moved < 0 ? 1 : -1));
    });
    addEventListener("keydown", press);
    addEventListener("resize", resized);
    stage.focus();
    rebuild();
  }

  function stop() {
    if (fromServer) {
      location.assign(root.dataset.address);
      return;
    }
    leave(screens[at]);
    screens = [];
    removeEventListener("keydown", press);
    removeEventListener("resize", resized);
    stage.remove();
    root.classList.remove("nc-presenting");
    const url = new URL(location.href);
    url.hash = "";
    url.searchParams.delete("present");
    history.replaceState(null, "", url);
    NC.figures.forEach((place) => NC.ask(place));
  }

  const isAsked = fromServer || /^#present\b/.test(location.hash) || new URLSearchParams(location.search).has("present");
  if (isAsked) addEventListener("DOMContentLoaded", start);
  return { start, stop, show, position: () => ({ at, count: screens.length }) };
})();
