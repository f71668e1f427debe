/* The page: focus after a partial update, menus, words when a request fails or takes its time. */
const words = () => document.getElementById("ui-words")?.dataset ?? {};

export function announce(text, level = "error") {
  const place = document.getElementById("messages");
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = `message message-${level}`;
  if (level === "error") box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  place.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

/* Focus is never lost: what asks for it gets it, otherwise it returns to the same id. */
let focused = "";
document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement?.id ?? ""; });
document.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.elt;
  const wanted = swapped?.matches?.("[data-focus]") ? swapped : swapped?.querySelector?.("[data-focus]");
  if (wanted) { wanted.focus(); return; }
  if (document.activeElement !== document.body) return;
  const again = focused && document.getElementById(focused);
  if (again) again.focus();
  else if (swapped?.isConnected) {
    if (!swapped.hasAttribute("tabindex")) swapped.setAttribute("tabindex", "-1");
    swapped.focus({ preventScroll: true });
  }
});
document.querySelector("[data-focus]")?.focus();

/* What is kept on the device is told of by keep.js. */
const isKept = (event) => event.detail.elt?.closest?.("form[data-keep]");
document.addEventListener("htmx:responseError", (event) => { if (!isKept(event)) announce(words().fault); });
document.addEventListener("htmx:sendError", (event) => { if (!isKept(event)) announce(words().noConnection); });

/* Menus are <details>; they close on Escape and when one goes elsewhere. */
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  const leaving = event.target.closest("[data-close-sheet]");
  const dialog = leaving?.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

/* Waiting for more than a second is said in words, and unsaid when the answer comes. */
const SOON = 1000;
const running = new Map();
function waitFor(what, sends) {
  const said = sends ? words().sending : words().waiting;
  running.set(what, setTimeout(() => {
    // An open sheet lies over all else, so the words stand in it.
    const place = document.getElementById("waiting");
    (document.querySelector("dialog[open]") ?? document.body).append(place);
    place.textContent = said;
    place.hidden = false;
  }, SOON));
}
function done(what) {
  clearTimeout(running.get(what));
  running.delete(what);
  const place = document.getElementById("waiting");
  if (place && !running.size) { place.hidden = true; place.textContent = ""; }
}
document.addEventListener("htmx:beforeRequest", (event) => waitFor(event.detail.xhr, event.detail.requestConfig.verb !== "get"));
for (const end of ["htmx:afterRequest", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(end, (event) => done(event.detail.xhr));
}
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && !event.target.hasAttribute("hx-post")) waitFor("page", event.target.method === "post");
});
window.addEventListener("pageshow", () => done("page"));
