/* A story for the room: arrows and page keys turn, O shows all slides, B makes the screen black, Esc leaves. */
"use strict";
const SLIDES = (() => {
  const frames = [...document.querySelectorAll(".s-frame")];
  const stage = document.querySelector(".s-stage");
  const black = document.querySelector(".s-black");
  const root = document.documentElement;
  const STEP = 1.25; // of a zoom
  const MOST_ZOOM = 12;
  let at = 0;
  let isOverview = false;

  function fit() {
    if (isOverview) return;
    const scale = Math.min(innerWidth / 1280, innerHeight / 720);
    const left = (innerWidth - 1280 * scale) / 2;
    const top = (innerHeight - 720 * scale) / 2;
    for (const frame of frames) frame.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  }

  function show(number) {
    at = Math.min(Math.max(number, 0), frames.length - 1);
    frames.forEach((frame, place) => {
      frame.classList.toggle("s-now", place === at);
      frame.toggleAttribute("aria-hidden", place !== at && !isOverview);
    });
    const url = new URL(location.href);
    url.searchParams.set("slide", at + 1);
    history.replaceState(null, "", url);
  }

  /* All slides small, each a button. */
  function overview(wanted) {
    if (wanted === isOverview) return;
    isOverview = wanted;
    document.body.classList.toggle("s-overview", wanted);
    if (wanted) {
      for (const [place, frame] of frames.entries()) {
        const cell = document.createElement("button");
        cell.className = "s-cell";
        cell.setAttribute("aria-label", frame.querySelector("h2").textContent);
        cell.classList.toggle("s-at", place === at);
        cell.addEventListener("click", () => {
          overview(false);
          show(place);
        });
        frame.style.transform = `scale(${312 / 1280})`;
        frame.before(cell);
        cell.append(frame);
      }
      document.querySelectorAll(".s-cell")[at].focus();
    } else {
      for (const cell of document.querySelectorAll(".s-cell")) cell.replaceWith(...cell.childNodes);
      fit();
    }
    show(at);
  }

  /* A map is a drawing: the wheel or + and − zoom it, dragging moves it, a sign says its name. */
  function zoomed(svg, factor, x = 0.5, y = 0.5) {
    const whole = (svg.dataset.whole ??= svg.getAttribute("viewBox")).split(" ").map(Number);
    const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const wide = Math.min(whole[2], Math.max(whole[2] / MOST_ZOOM, width / factor));
    const high = (wide / whole[2]) * whole[3];
    moved(svg, left + (width - wide) * x, top + (height - high) * y, wide, high, whole);
  }

  function moved(svg, left, top, width, height, whole) {
    const within = (value, most) => Math.min(Math.max(value, 0), most);
    svg.setAttribute("viewBox", [within(left, whole[2] - width), within(top, whole[3] - height), width, height].join(" "));
    for (const sign of svg.querySelectorAll(".s-sign")) sign.setAttribute("r", (7 * width) / whole[2]);
  }

  function listen(place) {
    const svg = place.querySelector("svg");
    const said = place.parentElement.querySelector(".s-said");
    let held = null;
    place.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = place.getBoundingClientRect();
      zoomed(svg, event.deltaY < 0 ? STEP : 1 / STEP, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
    place.addEventListener("pointerdown", (event) => {
      held = { x: event.clientX, y: event.clientY, box: svg.getAttribute("viewBox").split(" ").map(Number) };
    });
    place.addEventListener("pointermove", (event) => {
      if (!held || !event.buttons) return;
      svg.dataset.whole ??= svg.getAttribute("viewBox");
      const whole = svg.dataset.whole.split(" ").map(Number);
      const scale = held.box[2] / place.getBoundingClientRect().width;
      moved(svg, held.box[0] - (event.clientX - held.x) * scale, held.box[1] - (event.clientY - held.y) * scale, held.box[2], held.box[3], whole);
    });
    const tell = (event) => {
      const sign = event.target.closest?.(".s-sign");
      if (sign) said.textContent = sign.dataset.said;
    };
    place.addEventListener("click", (event) => {
      tell(event);
      event.stopPropagation();
    });
    place.addEventListener("mouseover", tell);
  }

  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key;
    const svg = frames[at].querySelector(".s-map svg");
    if (!black.hidden) black.hidden = true;
    else if (key === "b" || key === "B") black.hidden = false;
    else if (key === "o" || key === "O") overview(!isOverview);
    else if (key === "Escape") {
      if (isOverview) overview(false);
      else if (root.dataset.leave) location.assign(root.dataset.leave);
    } else if (isOverview) return;
    else if (NEXT.includes(key)) show(at + 1);
    else if (BACK.includes(key)) show(at - 1);
    else if (key === "Home") show(0);
    else if (key === "End") show(frames.length - 1);
    else if (svg && (key === "+" || key === "=")) zoomed(svg, STEP);
    else if (svg && key === "-") zoomed(svg, 1 / STEP);
    else return;
    event.preventDefault();
  }

  let touched = null;
  addEventListener("keydown", press);
  addEventListener("resize", fit);
  stage.addEventListener("click", (event) => {
    if (!isOverview && !event.target.closest("a, button")) show(at + (event.clientX >= innerWidth / 2 ? 1 : -1));
  });
  black.addEventListener("click", () => (black.hidden = true));
  stage.addEventListener("touchstart", (event) => (touched = event.target.closest(".s-map .s-picture") ? null : event.changedTouches[0].clientX), { passive: true });
  stage.addEventListener("touchend", (event) => {
    const way = touched === null ? 0 : event.changedTouches[0].clientX - touched;
    if (Math.abs(way) > 50) show(at + (way < 0 ? 1 : -1));
  });
  document.querySelectorAll(".s-map .s-picture").forEach(listen);
  fit();
  show((Number(new URLSearchParams(location.search).get("slide")) || 1) - 1);
  return { show, position: () => ({ at, count: frames.length }) };
})();
