/* Parts of the presentation that know no screen: copies of blocks, dividing what is too long, widths of columns. */
"use strict";
const PARTS = (() => {
  const ATOMS = "img, sup, a, b, .nc-tag, .nc-value, .nc-unit"; // never divided

  function copy(element) {
    const made = element.cloneNode(true);
    for (const one of [made, ...made.querySelectorAll("[id]")]) {
      if (one.id) one.dataset.id = one.id;
      one.removeAttribute("id");
    }
    made.querySelectorAll("noscript").forEach((one) => one.remove());
    made.querySelectorAll(".nc-link").forEach((one) => (one.closest("p") ?? one).remove());
    return made;
  }

  function make(tag, look, text = "") {
    const made = document.createElement(tag);
    made.className = look;
    made.textContent = text;
    return made;
  }

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
    const holds = (heading) => heading.closest("details, .nc-more, .nc-cell, main").contains(element);
    const above = headings.filter(holds);
    const last = above.at(-1);
    const parts = [];
    if (last?.tagName === "H3") parts.push(above.filter((heading) => heading.tagName === "H2").at(-1)?.textContent);
    parts.push(last?.textContent, element.closest(".nc-details")?.querySelector("summary").textContent);
    const named = [...new Set(parts.filter(Boolean))];
    return named.join(" › ").length > 68 ? named.at(-1) : named.join(" › ");
  }

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

  /* Divide a chart of rows above the labels that start at its left edge; above bold ones where there are any. */
  function rowWindows({ data, layout }, most) {
    const end = layout.yaxis.range[0];
    const labels = (layout.annotations ?? []).filter((one) => one.xref === "paper" && one.x === 0 && one.yanchor === "top");
    const bold = labels.filter((one) => one.text.startsWith("<b>")).map((one) => one.y);
    const all = labels.length ? labels.map((one) => one.y) : betweenDots(data);
    const opening = bold.length > 1 ? [...bold, end] : [...all, end];
    const tops = opening.flatMap((top, index) => {
      const before = opening[index - 1] ?? 0;
      return top - before > most ? [...all.filter((one) => one > before && one < top), top] : [top];
    });
    const windows = [];
    let [start, last] = [0, 0];
    for (const top of [...new Set(tops)].sort((one, other) => one - other)) {
      if (top - start > most && last > start) {
        windows.push([start, last]);
        start = last;
      }
      last = top;
    }
    return [...windows, [start, end]];
  }

  /* A chart whose rows have no labels of that kind is divided between its dots. */
  function betweenDots(data) {
    const dots = [...new Set(data.filter((one) => one.mode?.includes("markers")).flatMap((one) => one.y))];
    dots.sort((one, other) => one - other);
    return dots.slice(1).map((dot, index) => (dot + dots[index]) / 2);
  }

  /* What a chart of rows needs above its rows when it is so wide: its legend takes fewer lines than on a phone. */
  function topMargin({ data, layout }, width) {
    const names = [...new Set(data.filter((one) => one.name && one.showlegend !== false).map((one) => one.name))];
    if (!layout.showlegend || !names.length) return layout.margin.t;
    const entry = Math.max(...names.map((name) => NC.weigh(name) * layout.legend.font.size)) + 60;
    const lines = Math.ceil(names.length / Math.max(1, Math.floor((width - 30) / entry)));
    return lines * layout.legend.font.size * 1.4 + 18;
  }

  /* How wide a column must be, in the size of the text, and how wide it would like to be. */
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

  function columnNumbers(group) {
    const [second, last] = [group[1] + 1, group.at(-1) + 1];
    if (second === 2) return `1–${last}`;
    return second === last ? `1, ${last}` : `1, ${second}–${last}`;
  }

  return { copy, make, collect, pour, rowWindows, topMargin, columnWidth, evenGroups, shares, columnNumbers };
})();
