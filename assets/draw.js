// Drawing of one ring or one line over our own ground: corners are set by a click and moved by dragging. It asks nobody for anything.
// The framework calls the function again after every rerun; what the reader drew stays in the element itself.
const SPACE = "http://www.w3.org/2000/svg";
const NEAR = 5; // pixels: a pointer that moved less did not drag
const up = (latitude) => (Math.asinh(Math.tan((latitude * Math.PI) / 180)) * 180) / Math.PI;
const down = (y) => (Math.atan(Math.sinh((y * Math.PI) / 180)) * 180) / Math.PI;

function element(name, attributes, parent) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.appendChild(made);
  return made;
}

function begin(root, data) {
  const [west, south, east, north] = data.bounds;
  root.state = {
    key: data.key,
    corners: data.corners.map((place) => [...place]),
    isClosed: !data.isLine && data.corners.length > 2,
    x: (west + east) / 2,
    y: (up(south) + up(north)) / 2,
    span: Math.max(east - west, ((up(north) - up(south)) * 16) / 9),
  };
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".draw");
  const svg = root.querySelector("svg");
  if (!root.state || root.state.key !== data.key) begin(root, data);
  const state = root.state;
  const words = data.words;
  svg.setAttribute("aria-label", words.alt);
  root.style.setProperty("--sea", data.ink.sea);
  root.style.setProperty("--text", data.ink.text);
  root.style.setProperty("--soft", data.ink.soft);
  root.style.setProperty("--panel", data.ink.panel);
  root.style.setProperty("--accent", data.ink.accent);

  const size = () => [svg.clientWidth || 900, svg.clientHeight || 440];
  const scale = () => size()[0] / state.span;
  const toScreen = ([longitude, latitude]) => {
    const [width, height] = size();
    return [width / 2 + (longitude - state.x) * scale(), height / 2 - (up(latitude) - state.y) * scale()];
  };
  const toPlace = (x, y) => {
    const [width, height] = size();
    const longitude = state.x + (x - width / 2) / scale();
    const latitude = down(state.y - (y - height / 2) / scale());
    return [Number(longitude.toFixed(5)), Number(latitude.toFixed(5))];
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  svg.replaceChildren();
  const ground = element("g", {}, svg);
  for (const piece of data.ground) {
    element("path", { d: piece.d, class: piece.kind, style: piece.style, "vector-effect": "non-scaling-stroke" }, ground);
  }
  for (const outline of data.outlines) {
    element("path", { d: outline, class: "other", "vector-effect": "non-scaling-stroke" }, ground);
  }
  const signs = element("g", {}, svg);
  const ring = element("path", { class: "ring" }, svg);
  const handles = element("g", {}, svg);

  function draw() {
    const [width, height] = size();
    const k = scale();
    ground.setAttribute("transform", `translate(${width / 2 - state.x * k} ${height / 2 + state.y * k}) scale(${k})`);
    signs.replaceChildren();
    for (const mark of data.marks) {
      const [x, y] = toScreen(mark.place);
      const isSite = mark.kind === "site";
      const sign = isSite
        ? element("circle", { cx: x, cy: y, r: 5, class: "site" }, signs)
        : element("rect", { x: x - 4, y: y - 4, width: 8, height: 8, class: mark.kind }, signs);
      element("title", {}, sign).textContent = mark.name;
      if (state.span < (isSite ? 3 : 0.8)) element("text", { x: x + 8, y: y + 4, class: "name" }, signs).textContent = mark.name;
    }
    const placed = state.corners.map(toScreen);
    const line = placed.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
    ring.setAttribute("d", placed.length ? `M${line}${state.isClosed ? "Z" : ""}` : "");
    ring.classList.toggle("closed", state.isClosed);
    handles.replaceChildren();
    placed.forEach(([x, y], number) => {
      const handle = element("circle", { cx: x, cy: y, r: number ? 6 : 8, class: number ? "corner" : "corner first" }, handles);
      handle.dataset.number = number;
    });
    root.querySelector(".count").textContent = `${state.corners.length} ${words.corners}`;
    root.querySelector("[data-do=use]").disabled = state.corners.length < (data.isLine ? 2 : 3);
    root.querySelector("[data-do=undo]").disabled = state.corners.length === 0;
  }

  let held = null;
  svg.onpointerdown = (event) => {
    const number = event.target.dataset?.number;
    held = { start: at(event), middle: [state.x, state.y], corner: number === undefined ? null : Number(number), moved: false };
    svg.setPointerCapture(event.pointerId);
  };
  svg.onpointermove = (event) => {
    if (!held) return;
    const [x, y] = at(event);
    const [dx, dy] = [x - held.start[0], y - held.start[1]];
    if (Math.hypot(dx, dy) > NEAR) held.moved = true;
    if (!held.moved) return;
    if (held.corner !== null) {
      state.corners[held.corner] = toPlace(x, y);
    } else {
      state.x = held.middle[0] - dx / scale();
      state.y = held.middle[1] + dy / scale();
    }
    draw();
  };
  svg.onpointerup = (event) => {
    if (held && !held.moved) {
      if (held.corner === 0 && !data.isLine && state.corners.length > 2) state.isClosed = true;
      else if (held.corner === null && !state.isClosed) state.corners.push(toPlace(...at(event)));
      draw();
    }
    held = null;
  };
  svg.onpointercancel = () => (held = null);
  const zoom = (factor) => {
    state.span = Math.min(Math.max(state.span * factor, 0.02), 40);
    draw();
  };
  svg.onwheel = (event) => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
  };
  const tasks = {
    undo: () => {
      if (state.isClosed) state.isClosed = false;
      else state.corners.pop();
      draw();
    },
    clear: () => {
      state.corners = [];
      state.isClosed = false;
      draw();
    },
    closer: () => zoom(1 / 1.5),
    wider: () => zoom(1.5),
    use: () => {
      state.isClosed = !data.isLine;
      draw();
      setTriggerValue("shape", { corners: state.corners, name: data.name });
    },
  };
  for (const button of root.querySelectorAll("button")) {
    button.textContent = words[button.dataset.do];
    button.onclick = tasks[button.dataset.do];
  }
  const observer = new ResizeObserver(draw);
  observer.observe(svg);
  draw();
  return () => observer.disconnect();
}
