/* The page: focus after a partial update, shortcuts, menus, words when a request fails. */
const words = () => document.getElementById("ui-words")?.dataset ?? {};
const typing = (element) => element?.closest("input, textarea, select, [contenteditable]");

function showMessage(text) {
  const place = document.getElementById("messages");
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = "message message-error";
  box.setAttribute("role", "alert");
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

document.addEventListener("htmx:responseError", () => showMessage(words().fault));
document.addEventListener("htmx:sendError", () => showMessage(words().noConnection));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-shortcut='search']");
    if (field?.offsetParent) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === "?") {
    const help = document.getElementById("shortcuts");
    if (help && !help.open) { event.preventDefault(); help.showModal(); }
  }
});

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
