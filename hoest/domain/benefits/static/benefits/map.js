/* The benefit map in the picture: choose with mouse, touch or arrow keys, draw arrows by drag or by
   "Forbind med", add beside what is chosen. Every act is one of the plain forms of the page; it is
   sent in turn, so none is lost, and the answer is the map drawn again (benefit_map/answering.py).
   Whatever is done here can be done in the list without this file. */
const NEAR = 6;
const OFF = "hoest-shortcuts-off";
const ui = () => document.getElementById("ui-words")?.dataset ?? {};
const status = document.getElementById("map-status");
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

let root = document.getElementById("benefit-map");
let chosen = "";
let joining = false;
let arrow = null;
let drag = null;
let turn = Promise.resolve();

const all = () => [...root.querySelectorAll(".flow-node")];
const nodeOf = (id) => root.querySelector(`.flow-node[data-node="${id}"]`);
const linkOf = (node) => node?.querySelector("a");
const titleOf = (node) => node?.dataset.title ?? "";
const say = (text) => { if (status) status.textContent = text; };
const tool = (name) => root.querySelector(`[data-${name}]`);

/* Choosing: one node has the place in the order of Tab, the arrow keys go to the others. */
function choose(id, focus = false) {
  const node = nodeOf(id) ?? all()[0];
  if (!node) return;
  chosen = node.dataset.node;
  pickArrow(null);
  for (const one of all()) {
    one.classList.toggle("is-chosen", one === node);
    linkOf(one).tabIndex = one === node ? 0 : -1;
  }
  const open = tool("open");
  if (open) {
    tool("tools").hidden = false;
    tool("chosen-title").textContent = titleOf(node);
    open.href = linkOf(node).getAttribute("href");
  }
  const beside = tool("quick")?.elements.ved;
  if (beside && beside.value && beside.value !== chosen) besides("");
  if (focus) { linkOf(node).focus({ preventScroll: true }); reveal(node); }
}

function reveal(node) {
  const box = root.querySelector(".map-scroll");
  const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.left < outer.left) box.scrollLeft -= outer.left - inner.left + 20;
  if (inner.right > outer.right) box.scrollLeft += inner.right - outer.right + 20;
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top + 20;
  if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + 20;
  node.scrollIntoView({ block: "nearest" });
}

/* The nearest node in a direction: what lies straight ahead counts before what lies aside. */
function towards(key) {
  const from = linkOf(nodeOf(chosen)).getBoundingClientRect();
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const one of all()) {
    if (one.dataset.node === chosen) continue;
    const [ox, oy] = middle(linkOf(one).getBoundingClientRect());
    const [dx, dy] = [ox - x, oy - y];
    const ahead = { ArrowRight: dx, ArrowLeft: -dx, ArrowDown: dy, ArrowUp: -dy }[key];
    const aside = Math.abs(key === "ArrowRight" || key === "ArrowLeft" ? dy : dx);
    const within = key === "ArrowRight" || key === "ArrowLeft" ? ahead > from.width / 2 : aside < from.width / 2;
    if (ahead <= 1 || !within) continue;
    const far = ahead + 2 * aside;
    if (far < least) { least = far; best = one; }
  }
  return best;
}

/* Sending: in turn, and the map that comes back takes the place of this one. */
function send(url, values) {
  const body = new URLSearchParams(values);
  const hadFocus = root.contains(document.activeElement);
  turn = turn.then(() => exchange(url, body, hadFocus));
  return turn;
}

async function exchange(url, body, hadFocus) {
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { "HX-Request": "true", "HX-Target": "benefit-map", "X-CSRFToken": token() },
    });
  } catch {
    say(ui().noConnection ?? "");
    return;
  }
  const text = await answer.text();
  const made = new DOMParser().parseFromString(text, "text/html").getElementById("benefit-map");
  if (answer.redirected || !made) { window.location.reload(); return; }
  const box = root.querySelector(".map-scroll");
  const [left, top] = [box?.scrollLeft ?? 0, box?.scrollTop ?? 0];
  const before = chosen;
  root.replaceWith(made);
  root = made;
  joining = false;
  const place = root.querySelector(".map-scroll");
  if (place) { place.scrollLeft = left; place.scrollTop = top; }
  const wanted = root.dataset.chosen === "0" ? before : root.dataset.chosen;
  begin(nodeOf(wanted) ? wanted : "", hadFocus);
  say(root.querySelector("[role=alert]")?.textContent.trim() || root.dataset.said);
}

/* Drawing an arrow. */
function join(on) {
  joining = on;
  root.classList.toggle("is-joining", on);
  const words = tool("joining");
  if (words) { words.hidden = !on; if (on) say(`${titleOf(nodeOf(chosen))}. ${words.textContent}`); }
  root.dataset.from = on ? chosen : "";
}
function joined(target) {
  const source = root.dataset.from;
  join(false);
  if (source && target && source !== target) send(root.dataset.connect, { source, target, led: source });
}
function pickArrow(element) {
  arrow?.classList.remove("is-chosen");
  arrow = element;
  arrow?.classList.add("is-chosen");
  const part = tool("part");
  if (part) part.hidden = !arrow;
}

/* Adding beside what is chosen. */
function besides(side) {
  const form = tool("quick");
  if (!form) return;
  form.elements.ved.value = side ? chosen : "";
  form.elements.side.value = side || "after";
  const words = { after: "→", before: "←" }[side];
  form.querySelector("[data-beside]").textContent = words ? `${words} ${titleOf(nodeOf(chosen))}` : "";
  if (!side) return;
  form.elements.kind.value = JSON.parse(root.dataset.nexts)[side][nodeOf(chosen).dataset.kind];
  kinds();
  form.elements.title.focus();
}
function kinds() {
  const form = tool("quick");
  if (form) tool("benefit-type").hidden = form.elements.kind.value !== "benefit";
}

/* A thin line is hard to hit, so each gets a broad one that is not seen. */
function widen() {
  for (const line of root.querySelectorAll(".flow-arrow")) {
    const broad = line.cloneNode();
    broad.setAttribute("class", "flow-hit");
    line.before(broad);
  }
}

function begin(id, focus) {
  if (!all().length) return;
  if (root.dataset.connect) widen();
  kinds();
  choose(id, focus);
  if (!id && root.querySelector(".is-chosen") && !focus && tool("tools")) tool("tools").hidden = !chosen;
}

const isOff = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".flow-node a");
  if (!link || !root.contains(link) || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && root.dataset.undo) {
    event.preventDefault();
    send(root.dataset.undo, {});
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    const next = towards(event.key);
    if (next) choose(next.dataset.node, true);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (joining) joined(chosen);
    else open();
  } else if (event.key === "Escape" && joining) {
    event.preventDefault();
    const from = root.dataset.from;
    join(false);
    choose(from, true);
    say(root.querySelector("[data-chosen-title]")?.textContent ?? "");
  } else if (!isOff() && root.dataset.connect) letter(event);
});
function letter(event) {
  const key = event.key.toLowerCase();
  if (key === "f") join(true);
  else if (key === "n" || key === "b") besides(key === "n" ? "after" : "before");
  else return;
  event.preventDefault();
  event.stopPropagation();
}
function open() {
  const way = tool("open");
  if (way) way.click();
  else window.location.assign(linkOf(nodeOf(chosen)).getAttribute("href"));
}

document.addEventListener("focusin", (event) => {
  const node = event.target.closest?.(".flow-node");
  if (node && root.contains(node) && node.dataset.node !== chosen) choose(node.dataset.node);
});
document.addEventListener("click", (event) => {
  if (!root.contains(event.target)) return;
  const link = event.target.closest(".flow-node a");
  if (link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.parentNode.dataset.node;
    if (joining) joined(id);
    else if (id === chosen && event.detail > 1) open();
    else choose(id, true);
    return;
  }
  const line = event.target.matches(".flow-hit") ? event.target.nextElementSibling : null;
  if (line) { pickArrow(line); say(tool("part")?.textContent ?? ""); return; }
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  if (button.dataset.addSide) besides(button.dataset.addSide);
  else if (button.matches("[data-join]")) { join(true); linkOf(nodeOf(chosen)).focus(); }
  else if (button.matches("[data-part]") && arrow) send(root.dataset.disconnect, { source: arrow.dataset.source, target: arrow.dataset.target, led: chosen });
});
document.addEventListener("change", (event) => { if (event.target.id === "nyt_kind") kinds(); });
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-quick], [data-undo-form]");
  if (!form || !root.contains(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.matches("[data-quick]") && !form.elements.title.value.trim()) { form.elements.title.focus(); return; }
  send(form.action, new FormData(form));
}, true);

/* Drag from the handle of a node to another node: mouse, pen and finger alike. */
const point = (event) => {
  const svg = root.querySelector("svg.flow-map");
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
};
const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(".flow-node");
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".flow-handle");
  if (!handle || !root.contains(handle) || event.button) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("class", "flow-draft");
  root.querySelector("svg.flow-map").append(line);
  drag = { source: handle.dataset.from, from: point(event), line, x: event.clientX, y: event.clientY };
  choose(drag.source);
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const to = point(event);
  const bend = Math.max(20, (to.x - drag.from.x) / 2);
  drag.line.setAttribute("d", `M${drag.from.x} ${drag.from.y} C${drag.from.x + bend} ${drag.from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`);
  const over = under(event);
  for (const one of all()) one.classList.toggle("is-target", one === over && one.dataset.node !== drag.source);
});
function drop(event) {
  if (!drag) return;
  const { source, line, x, y } = drag;
  drag = null;
  line.remove();
  for (const one of all()) one.classList.remove("is-target");
  if (event.type === "pointercancel") return;
  const target = under(event)?.dataset.node;
  const moved = Math.hypot(event.clientX - x, event.clientY - y) > NEAR;
  if (!moved) { choose(source, true); join(true); return; }
  if (target && target !== source) send(root.dataset.connect, { source, target, led: source });
}
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

if (root) begin(root.dataset.chosen === "0" ? "" : root.dataset.chosen, root.dataset.chosen !== "0" && window.matchMedia("(min-width: 48em)").matches);
