/* Pictures, tables and colours of a page that is one file. Written by hand; no part of it asks a network. */
"use strict";
const NC = (() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("pictures").textContent);
  const words = data.words;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const wanted = new URLSearchParams(location.search).get("theme");
  let chosen = ["light", "dark"].includes(wanted) ? wanted : null;
  const drawn = new Map(); // element -> {name, size, deck}
  const MOST_MAPS = 6; // a browser keeps only some WebGL drawings; a map that is far away becomes a still picture
  const PRINT_WIDTH = 680; // A4 without its margins, pixels
  const PRINT_TEXT = 11.4; // text of a printed table, pixels
  const LEAST_FIT = 0.66;
  const WIDER = 1.18;

  const scheme = () => chosen ?? (prefersDark.matches ? "dark" : "light");

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  /* Libraries: compressed inside this file. */
  const loading = {};
  const isThere = { plotly: () => "Plotly" in window, deck: () => "createDeck" in window };

  async function inflate(name) {
    if (isThere[name]()) return;
    const kept = document.getElementById(`library-${name}`);
    if (!kept || !("DecompressionStream" in window)) throw new Error(words.no_pictures);
    const bytes = Uint8Array.from(atob(kept.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    if (!isThere[name]()) throw new Error(words.no_pictures);
  }

  const library = (name) => (loading[name] ??= inflate(name));

  /* Drawing: a picture is as wide as its place. */
  async function draw(place, name) {
    const kind = name in data.charts ? "plotly" : "deck";
    try {
      await library(kind);
    } catch (problem) {
      place.style.height = "auto";
      place.textContent = words.no_pictures;
      return;
    }
    if (!place.isConnected) return;
    if (kind === "plotly") await drawChart(place, name);
    else await drawMap(place, name);
  }

  /* The figure as the dashboard draws it, with more room at its right: the letters of this computer may be wider. */
  function figureOf(name, colours) {
    const figure = structuredClone(data.charts[name][colours]);
    const { margin } = figure.layout;
    if (margin?.r > 40) margin.r = Math.round(margin.r * WIDER);
    return figure;
  }

  async function drawChart(place, name) {
    const figure = figureOf(name, scheme());
    drawn.set(place, { name });
    await Plotly.react(place, figure.data, figure.layout, { ...data.config, responsive: true, staticPlot: false });
    place.classList.add("nc-drawn");
  }

  /* A map opens on what it shows, in a frame of `opens` pixels; here the frame may be narrower. */
  function openingState(map, width, height) {
    const state = { ...map.state };
    const fit = Math.log2(Math.min(width / map.opens[0], height / map.opens[1]));
    state.zoom = Math.min(state.zoom + Math.min(fit, 0), state.maxZoom);
    state.minZoom = Math.min(state.minZoom, state.zoom);
    return state;
  }

  /* What stands beside the pointer: fields of the data, always as text. */
  function tooltip(style, { object }) {
    if (!object?.name) return null;
    const box = document.createElement("div");
    const name = document.createElement("b");
    const details = document.createElement("div");
    name.textContent = object.name;
    details.textContent = object.details;
    details.style = "white-space: pre-line; overflow-wrap: anywhere";
    box.append(name, details);
    return { html: box.innerHTML, style };
  }

  async function drawMap(place, name) {
    const map = data.maps[name];
    const colours = map[scheme()];
    release(place);
    place.replaceChildren();
    const { width, height } = place.getBoundingClientRect();
    const state = openingState(map, width, height);
    const layers = [...data.grounds[map.view][scheme()], ...colours.layers];
    const controller = { dragRotate: false, touchRotate: false, keyboard: true, scrollZoom: false };
    const isReady = new Promise((resolve) => {
      const deck = createDeck({
        container: place,
        jsonInput: {
          initialViewState: state,
          views: [{ "@@type": "MapView", controller }],
          layers,
        },
        tooltip: false,
      });
      deck.setProps({ getTooltip: (info) => tooltip(colours.tooltip, info) });
      deck.setProps({ onAfterRender: () => setTimeout(resolve, 60), useDevicePixels: true });
      drawn.set(place, { name, deck });
      setTimeout(resolve, 4000);
    });
    await isReady;
    place.classList.add("nc-drawn");
    limitMaps(place);
  }

  /* What a map shows, as a picture that needs no WebGL. */
  function still(place) {
    const { deck } = drawn.get(place);
    const canvas = place.querySelector("canvas");
    if (!deck || !canvas) return null;
    deck.redraw("still");
    const image = new Image();
    image.className = "nc-still";
    image.alt = "";
    image.src = canvas.toDataURL("image/png");
    return image;
  }

  function release(place) {
    const kept = drawn.get(place);
    if (!kept) return;
    if (kept.deck) kept.deck.finalize();
    else Plotly.purge(place);
    drawn.delete(place);
    place.classList.remove("nc-drawn");
  }

  const distance = (place) => {
    const box = place.getBoundingClientRect();
    return Math.max(0, box.top - innerHeight, -box.bottom);
  };

  function limitMaps(newest) {
    const live = [...drawn].filter(([place, kept]) => kept.deck && place !== newest && place.isConnected);
    live.sort(([a], [b]) => distance(b) - distance(a));
    for (const [place] of live.slice(0, Math.max(0, live.length + 1 - MOST_MAPS))) {
      const image = still(place);
      release(place);
      place.replaceChildren(...(image ? [image] : []));
    }
  }

  /* Lazily: what comes near the window first, then the rest while the reader reads. */
  const figures = [...document.querySelectorAll("main figure[data-picture]")];
  const isShown = (place) => place.offsetWidth > 0;
  let queue = Promise.resolve();

  function ask(place) {
    queue = queue.then(() => (isShown(place) && !drawn.has(place) ? draw(place, place.dataset.picture) : null));
    return queue;
  }

  function watch() {
    const near = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && ask(one.target)), {
      rootMargin: "900px",
    });
    figures.forEach((place) => near.observe(place));
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1500));
    idle(() => figures.forEach((place) => !place.querySelector(".nc-still") && ask(place)), { timeout: 4000 });
  }

  function redraw() {
    const again = [...drawn];
    queue = queue.then(async () => {
      for (const [place, kept] of again) if (place.isConnected) await draw(place, kept.name);
      for (const image of document.querySelectorAll("main .nc-still")) {
        const place = image.closest("figure");
        if (isShown(place)) await draw(place, place.dataset.picture);
      }
    });
    return queue;
  }

  function setTheme() {
    root.dataset.theme = scheme();
  }

  function toggleTheme() {
    chosen = scheme() === "dark" ? "light" : "dark";
    setTheme();
    redraw();
  }

  prefersDark.addEventListener("change", () => {
    if (chosen) return;
    setTheme();
    redraw();
  });

  /* Tables: a header that is pressed sorts; numbers and dates by their key, texts as they are read. */
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  function sortBy(header) {
    const table = header.closest("table");
    const column = [...header.parentNode.children].indexOf(header);
    const isUp = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentNode.children) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const keys = new Map();
    for (const row of table.tBodies[0].rows) {
      const cell = row.cells[column];
      keys.set(row, cell.dataset.sort ?? cell.textContent.trim());
    }
    const rows = [...keys.keys()].sort((a, b) => {
      const [first, second] = [keys.get(a), keys.get(b)];
      if (!first || !second) return (first ? 0 : 1) - (second ? 0 : 1); // what is empty comes last
      const both = first !== "" && second !== "" && !isNaN(first) && !isNaN(second);
      return (both ? first - second : compare(first, second)) * (isUp ? 1 : -1);
    });
    table.tBodies[0].append(...rows);
  }

  for (const header of document.querySelectorAll("main .nc-table th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.title = fill(words.sort_by, { column: header.textContent });
    header.replaceChildren(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sortBy(header));
  }

  /* Tools and contents. */
  function tool(text, work) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", work);
    return button;
  }

  /* The slides of this page are a page of their own; it takes the place of this one until Esc loads it again. */
  function present() {
    document.open();
    document.write(data.slides);
    document.close();
  }

  const tools = document.createElement("div");
  tools.className = "nc-tools";
  tools.append(tool(words.present, present), tool(words.colours, toggleTheme));
  document.querySelector(".nc-contents").before(tools);
  if (innerWidth < 1024) document.querySelector(".nc-contents details").open = false;

  /* A link to a source or caveat opens what it lies in. */
  addEventListener("hashchange", () => {
    const found = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let fold = found && found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  });

  /* How wide a text is, in its own size. */
  const pencil = document.createElement("canvas").getContext("2d");
  pencil.font = `620 100px ${getComputedStyle(root).fontFamily}`;
  const weigh = (text) => pencil.measureText(text).width / 100;
  const longestWord = (texts) => Math.max(...texts.flatMap((text) => text.split(/\s+/)).map(weigh));

  /* A table with many columns is printed smaller, so that no word is broken; only the widest break words. */
  function fitTable(frame) {
    const rows = [...frame.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
    const words = rows[0].map((_, column) => Math.min(longestWord(rows.map((row) => row[column])), 9) + 0.9);
    const fit = PRINT_WIDTH / (words.reduce((sum, word) => sum + word, 0) * PRINT_TEXT);
    frame.style.setProperty("--fit", Math.min(1, Math.max(fit, LEAST_FIT)));
    frame.classList.toggle("nc-broken", fit < LEAST_FIT);
  }

  /* Printing: all folds open, charts as wide as the paper, maps as still pictures. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    closed.forEach((fold) => (fold.open = true));
    document.querySelectorAll("main .nc-table").forEach(fitTable);
    for (const place of figures) {
      const name = place.dataset.picture;
      if (name in data.charts && "Plotly" in window) {
        const { data: traces, layout } = figureOf(name, "light");
        Plotly.react(place, traces, { ...layout, width: PRINT_WIDTH, autosize: false }, { ...data.config, responsive: false });
      } else if (drawn.get(place)?.deck) {
        const image = still(place);
        if (image) place.append(image);
      }
    }
  });
  addEventListener("afterprint", () => {
    closed.forEach((fold) => (fold.open = false));
    for (const place of figures) if (drawn.get(place)?.deck) place.querySelector(".nc-still")?.remove();
    redraw();
  });

  setTheme();
  addEventListener("DOMContentLoaded", () => (new URLSearchParams(location.search).has("slide") ? present() : watch()));
  return { ready: () => queue };
})();
