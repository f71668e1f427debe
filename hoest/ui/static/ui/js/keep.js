/* Forms marked data-keep are kept on the device when the line goes away, and sent when it is back.

   <form method="post" data-keep data-keep-title="…" data-keep-unit="…"> with a hidden request_key.
   The form goes by htmx, so that a lost line is met here and not by the browser's own page. Any
   answer but "saved" or "mend this" keeps what was typed: the line is gone, the session has ended,
   the token is old. The outbox on the page tells what waits and why. */
import { announce } from "./page.js";

const box = self.hoestOutbox;
const panel = document.getElementById("outbox");
const words = panel?.dataset ?? {};
const LATE = 15000;
const FRESH = 10 * 60 * 1000;
let person = document.body.dataset.person ?? "";

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const valueIn = (entry, name) => entry.fields.find(([field]) => field === name)?.[1] ?? "";
const shortDay = (day) => day.split("-").reverse().join(".");

/* What waits, and what was refused: drawn anew whenever it changes. Nothing for who is not known. */
export async function draw() {
  if (!panel) return [];
  const own = (await box.all()).filter((entry) => person && entry.person === person);
  panel.hidden = !own.length;
  const waiting = own.filter((entry) => !entry.reason).length;
  const refused = own.length - waiting;
  const parts = [];
  if (waiting) parts.push(fill(waiting === 1 ? words.waitingOne : words.waitingMany, { n: waiting }));
  if (refused) parts.push(fill(refused === 1 ? words.refusedOne : words.refusedMany, { n: refused }));
  panel.querySelector("h2").textContent = parts.join(" · ");
  const list = panel.querySelector("ul");
  list.replaceChildren(...own.map((entry) => {
    const row = panel.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-what]").textContent = entry.title;
    row.querySelector("[data-value]").textContent = `${valueIn(entry, "value")} ${entry.unit} · ${shortDay(valueIn(entry, "on"))}`;
    const reason = row.querySelector("[data-reason]");
    reason.textContent = entry.reason ?? "";
    reason.hidden = !entry.reason;
    const open = row.querySelector("a");
    open.href = `${entry.action}#ret-${entry.key}`;
    // The address stands already: to go there again is to fetch it again.
    open.addEventListener("click", (event) => { if (open.href === location.href) { event.preventDefault(); location.reload(); } });
    const away = row.querySelector("button");
    for (const one of [open, away]) one.append(Object.assign(document.createElement("span"), { className: "sr-only", textContent: ` ${entry.title}` }));
    away.addEventListener("click", async () => {
      if (!window.confirm(fill(words.sure, { title: entry.title }))) return;
      await box.drop(entry.key);
      await draw();
      announce(words.thrown, "info");
    });
    return row;
  }));
  return own;
}

/* Keeps a form as an entry; the key of the form makes it the same one however often it is sent. */
async function keep(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "tilbage");
  const key = form.elements.request_key.value;
  const action = new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  // What this form does not ask about stays as it was answered in the one it was kept from.
  const before = (await box.all()).find((entry) => entry.key === key && entry.person === person);
  fields.push(...(before?.fields ?? []).filter(([name]) => !form.elements.namedItem(name)));
  await box.put({ key, person, action, title: form.dataset.keepTitle, unit: form.dataset.keepUnit ?? "", fields, at: Date.now() });
  navigator.serviceWorker?.getRegistration().then((one) => one?.sync?.register("outbox")).catch(() => {});
}

async function keepAndLeave(form) {
  await keep(form);
  const sheet = form.closest("dialog");
  if (sheet) sheet.close();
  else (form.closest("[data-sheet-content]") ?? form).hidden = true;
  await draw();
  panel.focus();
}

/* Why the server would not have it, out of the page it answered with. */
function reasonOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const said = [...page.querySelectorAll("main .form-summary .alert-text, main .form-error-message")];
  for (const one of said) one.querySelector(".sr-only")?.remove();
  const found = said.length ? said : [...page.querySelectorAll("main h1, main .fault-reason")];
  return found.map((one) => one.textContent.trim()).filter(Boolean).join(" ") || words.refusedOne;
}

/* Asked while it is sending, it sends once more: the line may have come back in between. Where the
   line still fails it is tried again by itself. */
const AGAIN = 30000;
let sending = false;
let asked = false;
let later = 0;
async function sendNow() {
  const told = await box.send(reasonOf);
  const own = await draw();
  if (told.sent.length) announce(fill(told.sent.length === 1 ? words.sentOne : words.sentMany, { n: told.sent.length, title: told.sent[0].title }), "success");
  else if (told.signedOut && own.length) announce(words.signedOut, "warning");
  if (told.refused.length) panel.focus();
  clearTimeout(later);
  if (told.noLine && own.some((entry) => !entry.reason)) later = setTimeout(flush, AGAIN);
}
export async function flush() {
  asked = true;
  if (sending) return;
  sending = true;
  try {
    while (asked) {
      asked = false;
      await sendNow();
    }
  } finally {
    sending = false;
  }
}

/* A form that was opened from the outbox stands as it was typed; but not again over a correction
   that was answered with "mend this". */
let restored = "";
async function restore(form) {
  const wanted = location.hash.startsWith("#ret-") ? location.hash.slice(5) : "";
  if (!wanted || !person || wanted === restored) return;
  const entry = (await box.all()).find((one) => one.key === wanted && one.person === person);
  if (!entry || new URL(form.action).pathname !== entry.action) return;
  restored = wanted;
  (form.closest("[data-sheet-content]") ?? form).hidden = false;
  for (const tick of form.querySelectorAll("input[type=checkbox]")) tick.checked = false;
  for (const [name, value] of entry.fields) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-keep]:not([data-keeping])")) {
    form.dataset.keeping = "";
    restore(form);
    if (form.dataset.keep === "always") {
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        await keepAndLeave(form);
        flush();
      });
    } else if (!form.closest("dialog") && window.htmx) {
      form.setAttribute("hx-post", form.getAttribute("action"));
      form.setAttribute("hx-target", "closest [data-sheet-content]");
      form.setAttribute("hx-select", "[data-sheet-content]");
      form.setAttribute("hx-swap", "outerHTML ignoreTitle:true show:none");
      form.setAttribute("hx-headers", '{"X-Sheet": "1"}');
      form.setAttribute("hx-sync", "this:drop");
      window.htmx.process(form);
    }
  }
}

const kept = (event) => event.detail.elt?.closest?.("form[data-keep]");
document.addEventListener("htmx:configRequest", (event) => { if (kept(event)) event.detail.timeout = LATE; });
for (const lost of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(lost, (event) => { if (kept(event)) keepAndLeave(kept(event)); });
}
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = kept(event);
  if (!form) return;
  const { xhr } = event.detail;
  const goal = xhr.getResponseHeader("HX-Redirect");
  if (xhr.status === 422) return;
  event.preventDefault();
  if (goal && xhr.getResponseHeader("X-Saved")) {
    box.drop(form.elements.request_key.value).finally(() => window.location.assign(goal));
  } else {
    // Signed out, an old token, refused or out of order: nothing typed is lost.
    keepAndLeave(form).then(flush);
  }
});

/* The words of the forms that wait for her, so that they can be drawn without the server. */
async function remember() {
  if (!person || !navigator.serviceWorker?.controller) return;
  const known = await box.forms();
  if (known && known.person !== person) await box.forget();
  if (known?.person === person && Date.now() - known.at < FRESH) return;
  const answer = await box.ask("/uden-forbindelse/skemaer/");
  const told = answer.ok ? await answer.json() : null;
  if (told?.person === person) await box.remember({ ...told, at: Date.now() });
}

/* The page without a connection: the form of this address, and the list of those that wait. */
async function offlinePage(page) {
  const known = await box.forms();
  const entries = await box.all();
  // Only who is remembered here; after a sign-out nobody is, and then it is only told how many wait.
  person = known?.person ?? "";
  const own = entries.filter((entry) => person && entry.person === person);
  const others = page.querySelector("[data-unknown]");
  others.hidden = Boolean(person) || !entries.length;
  others.querySelector("strong").textContent = fill(entries.length === 1 ? others.dataset.one : others.dataset.many, { n: entries.length });
  const wanted = location.hash.startsWith("#ret-") ? own.find((one) => `#ret-${one.key}` === location.hash) : null;
  const found = wanted ? { address: wanted.action, title: wanted.title, unit: wanted.unit, known: [] }
    : known?.forms.find((one) => one.address === location.pathname);
  const list = page.querySelector("[data-small-forms]");
  for (const one of known?.forms ?? []) {
    const row = page.querySelector("#small-form-link").content.firstElementChild.cloneNode(true);
    Object.assign(row.querySelector("a"), { href: one.address, textContent: one.title });
    list.append(row);
  }
  list.closest("section").hidden = !list.children.length;
  if (!found) return;
  const part = page.querySelector("#small-form").content.firstElementChild.cloneNode(true);
  const form = part.querySelector("form");
  part.querySelector("h2").textContent = found.title;
  part.querySelector("[data-known]").textContent = found.known.join(" · ");
  part.querySelector(".form-input-suffix").textContent = found.unit;
  form.action = found.address;
  form.dataset.keepTitle = found.title;
  form.dataset.keepUnit = found.unit;
  form.elements.request_key.value = newKey();
  form.elements.on.value = new Date().toLocaleDateString("sv-SE");
  page.querySelector("[data-form-place]").replaceChildren(part);
}

async function start() {
  const page = document.querySelector("[data-offline-page]");
  if (page) await offlinePage(page);
  await draw();
  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
  window.addEventListener("hashchange", () => { restored = ""; document.querySelectorAll("form[data-keep]").forEach(restore); });
  window.addEventListener("online", async () => {
    await flush();
    const untouched = page && ![...page.querySelectorAll("[name=value]")].some((field) => field.value);
    if (untouched && !(await draw()).length) window.location.reload();
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-sign-out]")) box.forget(); });
  if (person && !page) await flush();
  await remember();
}
/* A page the browser has kept for "back" is only for whom it was made: it is hidden when it is left,
   and shown when the server has answered that she is still signed in. Without an answer it stays
   hidden, with what was typed in it, and the server is asked again when the line is back. */
const made = document.body.dataset.person;
const unsure = document.getElementById("unsure");
const veil = (on) => document.body.toggleAttribute("data-veiled", on);
async function unveil() {
  const slow = setTimeout(() => { unsure.hidden = false; }, 1000);
  const now = await box.who().catch(() => null);
  clearTimeout(slow);
  if (now && now.person !== made) return window.location.reload();
  veil(!now);
  unsure.hidden = Boolean(now);
  if (!now) unsure.focus();
}
if (box && made && unsure) {
  window.addEventListener("pagehide", (event) => veil(event.persisted));
  window.addEventListener("pageshow", (event) => {
    const [way] = performance.getEntriesByType("navigation");
    if (!event.persisted && way?.type !== "back_forward") return;
    veil(true);
    unveil();
  });
  window.addEventListener("online", () => { if (!unsure.hidden) unveil(); });
  unsure.querySelector("button").addEventListener("click", unveil);
}

if (box && document.body.dataset.signedOut !== undefined) box.forget().catch(() => {});
else if (box && panel) start().catch(() => {});

if ("serviceWorker" in navigator && document.body.dataset.person) {
  window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
