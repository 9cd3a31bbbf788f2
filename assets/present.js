/* The same page as a presentation: one block a screen, 28 px text at the least; what is too long goes on. */
"use strict";
const present = (() => {
  const root = document.documentElement;
  const { words, fill } = NC;
  const TEXT = 28; // pixels at 1280 x 720; larger on a larger screen
  const PHONE_TEXT = 18; // on a screen too small to be projected
  const PICTURE_ZOOM = 1.8; // so that the 16 px text of a picture is shown in 28 px
  const SQUEEZE = 0.85; // a chart may be a little flatter than on the page, so that its text is larger
  const LEAST_ZOOM = 1.25; // a chart of rows that would have to be smaller goes on on the next screen
  const MAP_ZOOM = 1.5;
  const MOST_ZOOM = 2.2; // a chart of few rows grows to this
  const LEAST_PICTURE = 0.6; // share of the screen that a picture keeps; lines below it move to the next screen
  const LEAST_MAP = 0.78;
  const ATOMS = "img, sup, a, b, .nc-tag, .nc-value, .nc-unit"; // never divided
  const fromServer = "address" in root.dataset;

  let stage, crumbLine, counter, room;
  let screens = [];
  let at = 0;

  /* What is shown: the numbered blocks of the page in reading order, each with the headings above it. */
  function collect() {
    const headings = [];
    const pieces = [];
    const leadsToLinks = (element) => element.textContent.trim().endsWith(":") && element.nextElementSibling?.querySelector(".nc-link");
    for (const element of document.querySelectorAll("main [data-block]")) {
      const { kind, block } = element.dataset;
      if (kind === "heading") headings.push(element);
      else if (kind !== "text" || !leadsToLinks(element)) pieces.push({ element, kind, block: Number(block), crumb: crumbOf(element, headings) });
    }
    return pieces;
  }

  function crumbOf(element, headings) {
    const list = element.matches(".nc-sources") && element.querySelector("h2");
    if (list) return list.textContent;
    const holds = (heading) => !heading.closest("details, .nc-more") || heading.closest("details, .nc-more").contains(element);
    const above = headings.filter(holds);
    const last = above.at(-1);
    const parts = [];
    if (last?.tagName === "H3") parts.push(above.filter((heading) => heading.tagName === "H2").at(-1)?.textContent);
    parts.push(last?.textContent, element.closest(".nc-details")?.querySelector("summary").textContent);
    const named = [...new Set(parts.filter(Boolean))];
    return named.join(" › ").length > 68 ? named.at(-1) : named.join(" › ");
  }

  function copy(element) {
    const made = element.cloneNode(true);
    for (const one of [made, ...made.querySelectorAll("[id]")]) {
      if (one.id) one.dataset.id = one.id;
      one.removeAttribute("id");
    }
    made.querySelectorAll("noscript, .nc-links").forEach((one) => one.remove());
    made.querySelectorAll(".nc-link").forEach((one) => (one.closest("p") ?? one).remove());
    return made;
  }

  function make(tag, look, text = "") {
    const made = document.createElement(tag);
    made.className = look;
    made.textContent = text;
    return made;
  }

  /* Screens: a screen is made in its place, measured, and taken out until it is shown. */
  function open(piece) {
    const parts = screens.filter((screen) => screen.block === piece.block).length;
    const body = make("div", "nc-screen");
    crumbLine.textContent = piece.crumb;
    room.replaceChildren(body);
    const screen = { block: piece.block, part: parts, crumb: piece.crumb, body };
    screens.push(screen);
    return screen;
  }

  const fits = (body) => body.scrollHeight <= room.clientHeight + 1 && body.scrollWidth <= room.clientWidth + 1;

  /* Move what fits from source to target; true if all of it did. */
  function pour(source, target, isFitting) {
    while (source.firstChild) {
      const child = source.firstChild;
      target.append(child);
      if (isFitting()) continue;
      source.prepend(child);
      if (child.nodeType === Node.TEXT_NODE) pourText(child, target, isFitting);
      else if (!child.matches(ATOMS)) {
        const shell = child.cloneNode(false);
        target.append(shell);
        pour(child, shell, isFitting);
        if (!shell.textContent.trim()) {
          while (shell.firstChild) child.prepend(shell.lastChild);
          shell.remove();
        }
      }
      return false;
    }
    return true;
  }

  function pourText(node, target, isFitting) {
    const parts = node.data.split(/(?<=\s)/);
    const start = document.createTextNode("");
    target.append(start);
    let [low, high] = [0, parts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      start.data = parts.slice(0, middle).join("");
      if (isFitting()) low = middle;
      else high = middle - 1;
    }
    start.data = parts.slice(0, low).join("");
    node.data = parts.slice(low).join("");
    if (!start.data) start.remove();
  }

  /* Put elements on the open screen while they fit, else on screens of their own, divided where one is too long. */
  function flow(piece, elements, current) {
    let screen = current ?? open(piece);
    for (const element of elements) {
      screen.body.append(element);
      if (fits(screen.body)) continue;
      element.remove();
      if (screen.body.childNodes.length) screen = open(piece);
      const rest = make("div", "");
      rest.append(element);
      while (!pour(rest, screen.body, () => fits(screen.body))) {
        if (!screen.body.textContent.trim()) {
          screen.body.append(...rest.childNodes); // a single word that is larger than the screen
          break;
        }
        screen = open(piece);
      }
    }
    return screen;
  }

  function firstScreens() {
    const sheet = copy(document.querySelector(".nc-first"));
    flow({ block: 0, crumb: "", kind: "first" }, [...sheet.children]);
  }

  function cards(pieces) {
    let rest = pieces.slice();
    while (rest.length) {
      const screen = open(rest[0]);
      const grid = make("div", "nc-metrics");
      screen.body.append(grid);
      let count = Math.min(6, rest.length);
      for (; count > 0; count--) {
        grid.style.setProperty("--columns", count === 4 ? 2 : Math.min(count, 3));
        grid.replaceChildren(...rest.slice(0, count).map((piece) => copy(piece.element)));
        if (fits(screen.body)) break;
      }
      if (!count) {
        screens.pop();
        flow(rest[0], [...copy(rest[0].element).children]);
      }
      rest = rest.slice(Math.max(count, 1));
    }
  }

  /* Pictures fill the screen; lines that would leave them too little of it go to the next one. */
  function picture(piece) {
    const made = copy(piece.element);
    const place = made.querySelector("figure");
    const name = place.dataset.picture;
    const label = place.getAttribute("aria-label");
    const legend = made.querySelector(".nc-legend");
    const notes = [...made.querySelectorAll(".nc-under .nc-note")];
    const below = made.querySelector(".nc-below");
    const title = made.querySelector(".nc-picture");
    const frame = make("figure", "nc-show");
    frame.setAttribute("role", "img");
    frame.setAttribute("aria-label", label);
    const screen = open(piece);
    screen.body.classList.add("nc-full");
    screen.body.append(title, ...(legend ? [legend] : []), frame, ...(below ? [below] : []));
    const least = piece.kind === "map" ? LEAST_MAP : LEAST_PICTURE;
    const isSmall = () => frame.clientHeight < room.clientHeight * least;
    const later = notes.map((note) => note.cloneNode(true));
    if (legend && isSmall()) frame.append(legend);
    if (below && isSmall()) {
      below.remove();
      later.unshift(below);
    }
    if (notes.length) {
      const inside = make("div", "nc-notes");
      inside.append(...notes);
      frame.append(inside);
    }
    Object.assign(screen, { frame, name, width: frame.clientWidth, height: frame.clientHeight });
    if (name in NC.data.charts) chartSizes(piece, screen, title);
    if (later.length) flow(piece, [title.cloneNode(true), ...later]);
  }

  function chartSizes(piece, screen, title) {
    const { layout } = NC.data.charts[screen.name].light;
    const zoom = PICTURE_ZOOM * scale();
    const isRows = layout.yaxis?.visible === false && layout.yaxis.range;
    if (!isRows) {
      const fitting = Math.min(zoom, Math.max(LEAST_ZOOM * scale(), screen.height / (layout.height * SQUEEZE)));
      screen.size = { zoom: fitting, layout: {} };
      return;
    }
    const fitting = Math.min(MOST_ZOOM * scale(), screen.height / layout.height);
    if (fitting >= LEAST_ZOOM * scale()) {
      screen.size = { zoom: fitting, own: layout.height };
      return;
    }
    const small = LEAST_ZOOM * scale();
    const axis = layout.height - layout.yaxis.range[0]; // what stands around the rows
    const windows = rowWindows(layout, screen.height / small - axis);
    windows.forEach(([top, bottom], part) => {
      let target = screen;
      if (part) {
        target = open(piece);
        target.body.classList.add("nc-full");
        const frame = screen.frame.cloneNode(true);
        target.body.append(title.cloneNode(true), frame);
        Object.assign(target, { frame, name: screen.name, width: frame.clientWidth, height: frame.clientHeight });
      }
      target.size = { zoom: small, own: bottom - top + axis, range: [bottom, top] };
    });
  }

  /* Divide a chart of rows above the labels of rows, which start at its left edge. */
  function rowWindows(layout, most) {
    const end = layout.yaxis.range[0];
    const labels = (layout.annotations ?? []).filter((one) => one.xref === "paper" && one.x === 0 && one.yanchor === "top");
    const tops = [...new Set([...labels.map((one) => one.y), end])].sort((a, b) => a - b);
    const windows = [];
    let start = 0;
    let last = 0;
    for (const top of tops) {
      if (top - start > most && last > start) {
        windows.push([start, last]);
        start = last;
      }
      last = top;
    }
    return [...windows, [start, end]];
  }

  const scale = () => parseFloat(getComputedStyle(stage).fontSize) / TEXT;

  async function drawPicture(screen) {
    const { frame, name } = screen;
    const zoom = screen.size?.zoom ?? MAP_ZOOM * scale();
    const canvas = make("div", "nc-canvas");
    const width = Math.floor(screen.width / zoom);
    const height = Math.floor(Math.min(screen.size?.own ?? Infinity, screen.height / zoom));
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${zoom})` });
    frame.querySelector(".nc-canvas")?.remove();
    frame.prepend(canvas);
    screen.canvas = canvas;
    const { range } = screen.size ?? {};
    await NC.draw(canvas, name, { width, height, range, pixels: zoom * devicePixelRatio });
  }

  /* Tables: columns that hold something, in groups that fit the width; then as many rows as fit the height of each. */
  function columnWidth(head, texts) {
    const longest = Math.max(...texts.map(NC.weigh)) + 1;
    const wanted = longest < 9 ? longest : longest < 26 ? Math.max(9, longest / 2 + 1) : longest < 61 ? 14 : 19;
    return { least: Math.max(wanted, Math.min(NC.longestWord([head, ...texts]), 11) + 1), longest };
  }

  function groups(widths, most) {
    const made = [[0]];
    let sum = widths[0].least;
    widths.slice(1).forEach(({ least }, index) => {
      if (sum + least > most && made.at(-1).length > 1) {
        made.push([0]);
        sum = widths[0].least;
      }
      made.at(-1).push(index + 1);
      sum += least;
    });
    return made;
  }

  /* As few groups as there must be, about equally wide. */
  function evenGroups(widths, most) {
    const count = groups(widths, most).length;
    let [low, high] = [0, most];
    while (high - low > 0.5) {
      const middle = (low + high) / 2;
      if (groups(widths, middle).length > count) low = middle;
      else high = middle;
    }
    return groups(widths, high);
  }

  /* What is left of the width goes to the columns whose text is longest. */
  function shares(widths, most) {
    const left = Math.max(0, most - widths.reduce((sum, { least }) => sum + least, 0));
    const wants = widths.map(({ least, longest }) => Math.max(0, Math.min(longest, 40) - least) + 0.01);
    const all = wants.reduce((sum, want) => sum + want, 0);
    return widths.map(({ least }, index) => least + (left * wants[index]) / all);
  }

  function tables(piece, current) {
    const table = piece.element.querySelector("table");
    const title = piece.element.querySelector(".nc-picture");
    if (!table) return flow(piece, [...copy(piece.element).children], current);
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
    const used = heads.map((_, index) => index).filter((index) => rows.some((row) => row[index].textContent.trim()));
    const widths = used.map((index) => columnWidth(heads[index], rows.map((row) => row[index].textContent)));
    const most = room.clientWidth / parseFloat(getComputedStyle(stage).fontSize);
    const parts = evenGroups(widths, most).map((group) => ({
      shown: group.map((index) => used[index]),
      widths: shares(group.map((index) => widths[index]), most),
      columns: group.length < used.length ? columnNumbers(group) : "",
    }));
    const all = { title, heads, rows, count: used.length };
    for (let next = 0; next < rows.length; ) next = pageRows(piece, all, parts, next, next ? null : current);
    return screens.at(-1);
  }

  function columnNumbers(group) {
    const [second, last] = [group[1] + 1, group.at(-1) + 1];
    if (second === 2) return `1–${last}`;
    return second === last ? `1, ${last}` : `1, ${second}–${last}`;
  }

  /* Show rows from the first on in all their columns, as many as fit with each group of them; return the next row. */
  function pageRows(piece, all, parts, first, current) {
    const start = screens.length;
    const opened = [];
    let fitting = 24;
    for (const part of parts) {
      const made = openTable(piece, all, part, opened.length ? null : current);
      const { body, screen } = made;
      for (const row of all.rows.slice(first, first + fitting)) {
        const line = body.insertRow();
        line.append(...part.shown.map((index) => copy(row[index])));
        if (fits(screen.body)) continue;
        line.remove();
        break;
      }
      fitting = Math.min(fitting, body.rows.length);
      opened.push(made);
      if (!fitting) break;
    }
    if (!fitting) {
      screens.splice(start);
      opened[0].undo();
      record(piece, all, all.rows[first]);
      return first + 1;
    }
    opened.forEach(({ body, said }, index) => {
      while (body.rows.length > fitting) body.lastChild.remove();
      const columns = parts[index].columns;
      const isAll = fitting === all.rows.length;
      const told = [
        isAll ? "" : fill(words.rows, { first: first + 1, last: first + fitting, count: all.rows.length }),
        columns ? fill(words.columns, { columns, count: all.count }) : "",
      ];
      said.textContent = told.filter(Boolean).join(" · ");
      if (!said.textContent) said.remove();
    });
    return first + fitting;
  }

  function openTable(piece, all, part, current) {
    const screen = current ?? open(piece);
    const table = make("table", "");
    const sum = part.widths.reduce((total, width) => total + width, 0);
    const line = table.createTHead().insertRow();
    part.shown.forEach((index, place) => {
      const cell = make("th", all.rows[0][index].classList.contains("nc-number") ? "nc-number" : "", all.heads[index]);
      cell.scope = "col";
      cell.style.width = `${(100 * part.widths[place]) / sum}%`;
      line.append(cell);
    });
    const body = table.createTBody();
    const said = make("p", "nc-part", fill(words.rows, { first: 100, last: 100, count: all.rows.length }));
    const added = [copy(all.title), table, said];
    screen.body.append(...added);
    return { screen, body, said, undo: () => added.forEach((one) => one.remove()) };
  }

  /* A row that is taller than the screen: each cell below its label. */
  function record(piece, all, row) {
    const filled = all.heads.map((_, index) => index).filter((index) => row[index].textContent.trim());
    const lines = filled.map((index) => {
      const line = make("p", "nc-cellline");
      line.append(make("b", "", `${all.heads[index]}: `), ...copy(row[index]).childNodes);
      return line;
    });
    flow(piece, [copy(all.title), ...lines]);
  }

  function build() {
    screens.forEach(leave);
    screens = [];
    firstScreens();
    let gathered = [];
    let screen = null;
    const pieces = collect();
    pieces.forEach((piece, index) => {
      const next = pieces[index + 1];
      if (piece.kind === "metric") {
        gathered.push(piece);
        if (next?.kind === "metric" && next.crumb === piece.crumb) return;
        cards(gathered);
        gathered = [];
        screen = null;
      } else if (piece.kind === "chart" || piece.kind === "map") {
        picture(piece);
        screen = null;
      } else if (piece.kind === "table") {
        const hasRoom = screen?.crumb === piece.crumb && screen.body.scrollHeight < room.clientHeight * LEAST_PICTURE;
        screen = tables(piece, hasRoom ? screen : null);
      } else {
        const made = copy(piece.element);
        const elements = piece.kind === "list" ? [...made.querySelectorAll("li")] : [made];
        const goesOn = screen?.crumb === piece.crumb && piece.kind !== "list";
        screen = flow(piece, elements, goesOn ? screen : null);
      }
    });
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
    if (screen.frame) drawPicture(screen);
    keepAddress(screen);
  }

  function rebuild() {
    const position = screens.length ? screens[at] : wantedPosition();
    const height = innerHeight / 720;
    const size = TEXT * Math.min(innerWidth / 1280, height);
    stage.style.fontSize = `${innerWidth < 1000 ? Math.max(PHONE_TEXT, size) : Math.max(TEXT, size)}px`;
    build();
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
