/* Shortcuts: the rows of the dialog are the declaration (ui/keyboard.py); nothing else is bound.
   They rest while one writes, and can be turned off on this device. */
const OFF = "hoest-shortcuts-off";
const PAUSE = 1500;
const dialog = document.getElementById("shortcuts");
const rows = [...(dialog?.querySelectorAll("[data-shortcut-keys]") ?? [])];
const writing = (element) => element?.closest?.("input, textarea, select, [contenteditable]");
const isOff = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };

const acts = {
  search() {
    const field = [...document.querySelectorAll("[data-shortcut=search]")].find((one) => one.offsetParent);
    if (field?.matches("input")) { field.focus(); field.select(); } else field?.click();
    return Boolean(field);
  },
  help() {
    if (dialog.open) return false;
    dialog.showModal();
    return true;
  },
};

let pressed = "";
let clock = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || isOff()) return;
  if (document.querySelector("dialog[open]")) return;
  const tried = pressed ? `${pressed} ${event.key}` : event.key;
  pressed = "";
  clearTimeout(clock);
  const row = rows.find((one) => one.dataset.shortcutKeys === tried);
  if (row) {
    const { shortcutAct: act, shortcutUrl: url } = row.dataset;
    if (url) { event.preventDefault(); window.location.assign(url); } else if (acts[act]()) event.preventDefault();
  } else if (rows.some((one) => one.dataset.shortcutKeys.startsWith(`${tried} `))) {
    pressed = tried;
    clock = setTimeout(() => { pressed = ""; }, PAUSE);
  }
});

for (const place of document.querySelectorAll("[data-shortcut-switch]")) {
  place.hidden = false;
  const tick = place.querySelector("input");
  if (!tick) continue;
  tick.checked = !isOff();
  tick.addEventListener("change", () => {
    if (tick.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    for (const other of document.querySelectorAll("[data-shortcut-switch] input")) other.checked = tick.checked;
  });
}
