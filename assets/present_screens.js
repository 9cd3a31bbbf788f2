/* The screens of the presentation, made from the numbered blocks of the page. */
"use strict";
const SCREENS = (stage, crumbLine, room) => {
  const { copy, make, collect, pour, rowWindows, topMargin, columnWidth, evenGroups, shares, columnNumbers } = PARTS;
  const { words, fill } = NC;
  const TEXT = 28; // pixels of text at scale 1
  const PICTURE_ZOOM = 1.56; // so that the 18 px text of a chart is shown in 28 px
  const LEAST_ZOOM = 1.56; // a chart of rows that would have to be smaller goes on on the next screen
  const LEAST_WIDTH = 760; // for which the labels of a chart over time are placed
  const MAP_ZOOM = 1.5;
  const MOST_ZOOM = 1.8; // a chart of few rows grows to this
  const LEAST_PICTURE = 0.6; // share of the screen that a picture keeps; lines below it move to the next screen
  const LEAST_MAP = 0.45; // the same before the legend is written small
  const scale = parseFloat(getComputedStyle(stage).fontSize) / TEXT;
  const screens = [];

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
    const area = make("div", "nc-area");
    const isSmall = () => area.clientHeight < room.clientHeight * LEAST_PICTURE;
    const later = notes.map((note) => note.cloneNode(true));
    frame.append(area);
    if (notes.length) {
      const inside = make("div", "nc-notes");
      inside.append(...notes);
      frame.append(inside);
    }
    if (legend && isSmall()) {
      // What a sign means besides its colour ("ring: …") goes to the next screen, so that the rest is written large.
      const meanings = make("p", "nc-legend");
      meanings.append(...[...legend.children].filter((one) => one.textContent.includes(":")));
      if (meanings.children.length) later.unshift(meanings);
    }
    if (legend && area.clientHeight < room.clientHeight * LEAST_MAP) frame.prepend(legend);
    if (below && isSmall()) {
      below.remove();
      later.unshift(below);
    }
    const size = { zoom: MAP_ZOOM * scale };
    Object.assign(screen, { name, size }, areaOf(frame));
    if (name in NC.data.charts) chartSizes(piece, screen, { title, below, later });
    if (later.length) flow(piece, [title.cloneNode(true), ...later]);
  }

  function areaOf(frame) {
    const area = frame.querySelector(".nc-area");
    return { area, width: area.clientWidth, height: area.clientHeight };
  }

  function chartSizes(piece, screen, { title, below, later }) {
    const chart = NC.data.charts[screen.name].lightHall;
    const { layout } = chart;
    const { body } = screen;
    const least = LEAST_ZOOM * scale;
    const makeRoom = () => {
      if (!below?.isConnected) return;
      below.remove();
      later.unshift(below);
      screen.height = screen.area.clientHeight;
    };
    if (layout.yaxis?.visible !== false || !layout.yaxis.range) {
      const own = layout.height; // its labels keep apart only at its own height
      if (screen.height / own < least) makeRoom();
      screen.size = { zoom: Math.min(PICTURE_ZOOM * scale, screen.height / own, screen.width / LEAST_WIDTH) };
      return;
    }
    const top = topMargin(chart, screen.width / least);
    const around = layout.margin.b + top; // below and above the rows
    const whole = around + layout.yaxis.range[0];
    if (screen.height / whole < least) makeRoom();
    if (screen.height / whole >= least) {
      screen.size = { zoom: Math.min(MOST_ZOOM * scale, screen.height / whole), own: whole, top };
      return;
    }
    const isNet = !chart.layout.annotations?.some((one) => one.xref === "paper" && one.x === 0);
    screen.size = { zoom: screen.height / whole, own: whole, top }; // a net is shown whole before its parts
    const windows = rowWindows(chart, screen.height / least - around);
    const tallest = Math.max(...windows.map(([start, end]) => end - start)) + around;
    const zoom = Math.min(PICTURE_ZOOM * scale, screen.height / tallest);
    windows.forEach(([start, end], part) => {
      let target = screen;
      if (part || isNet) {
        target = open(piece);
        target.body.classList.add("nc-full");
        const frame = body.querySelector(".nc-show").cloneNode(true);
        target.body.append(title.cloneNode(true), frame);
        Object.assign(target, { name: screen.name }, areaOf(frame));
      }
      target.size = { zoom, own: end - start + around, range: [end - 1, start], top };
    });
  }

  /* Tables: columns that hold something, in groups that fit the width; then as many rows as fit the height of each. */
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
        screen = screens.at(-1); // a note goes on below the figures where there is room
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

  build();
  return screens;
};
