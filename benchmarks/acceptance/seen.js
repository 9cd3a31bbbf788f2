/* What a reader sees without scrolling: text inside the window, pictures, links; and what does not fit. */
() => {
  const W = innerWidth, H = innerHeight;
  const shown = (e) => { const s = getComputedStyle(e); return s.visibility !== "hidden" && s.display !== "none" && +s.opacity > 0.05; };
  const inside = (r) => r.width > 1 && r.height > 1 && r.top < H && r.bottom > 0 && r.left < W && r.right > 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let words = 0, firstFigure = null;
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const text = n.textContent.trim(), e = n.parentElement;
    if (!text || !e || e.closest("script,style,noscript,svg title") || !shown(e)) continue;
    range.selectNodeContents(n);
    const r = range.getBoundingClientRect();
    if (firstFigure === null && e.closest(".nc-answer, .nc-metric, .nc-lines, .nc-panel, .nc-entry") && /\d/.test(text) && r.height > 1) firstFigure = r.top;
    if (inside(r)) words += text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  }
  const pictures = [...document.querySelectorAll("[data-testid=stPlotlyChart],[data-testid=stDeckGlJsonChart],canvas,svg.main-svg,img")]
    .filter(shown).map((e) => e.getBoundingClientRect()).filter(inside)
    .map((r) => (Math.min(r.right, W) - Math.max(r.left, 0)) * (Math.min(r.bottom, H) - Math.max(r.top, 0)));
  const cut = [...document.querySelectorAll("table")].filter((t) => !t.closest("canvas") && shown(t) && t.getBoundingClientRect().width > 2)
    .filter((t) => t.scrollWidth > t.clientWidth + 2 || t.parentElement.scrollWidth > t.parentElement.clientWidth + 2)
    .map((t) => t.innerText.slice(0, 40).replace(/\s+/g, " "));
  const main = document.querySelector("[data-testid=stMain]") || document.scrollingElement;
  return {
    words, cut, firstFigure: firstFigure ?? 99999,
    superscripts: document.querySelectorAll("sup").length,
    marks: (document.body.innerText.match(/\[\d+( press)?\]/g) || []).length,
    links: [...document.querySelectorAll("a[href]")].filter((a) => shown(a) && inside(a.getBoundingClientRect())).length,
    picture: Math.max(0, ...pictures) / (W * (H - 96)),
    height: main.scrollHeight,
    wider: Math.max(document.documentElement.scrollWidth, main.scrollWidth) - W,
  };
}
