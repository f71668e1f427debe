/* Forms: autosave with words, a countdown on undo, a question before what cannot be undone. */
const words = () => document.getElementById("ui-words")?.dataset ?? {};

/* <form data-autosave="/address/"> posts itself a moment after the last key. */
const PAUSE = 1200;
function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  const say = (state, text) => {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = text ?? "";
  };
  let waiting = 0;
  let running = null;
  let unsaved = false;
  async function save() {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    say("saving", words().saving);
    // A chosen file is sent with the button, not with every pause.
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: typed,
        headers: { "X-Autosave": "1", "X-Requested-With": "XMLHttpRequest" },
        credentials: "same-origin",
        signal: mine.signal,
      });
      // A redirect is the sign-in page: nothing was kept.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      unsaved = false;
      // Kept for who was writing, but nobody is signed in any more: the button leads there.
      if (answer.headers.get("X-Signed-Out")) { say("fault", words().signedOut); return; }
      const version = answer.headers.get("X-Version");
      const field = form.elements.namedItem("version");
      if (version && field) field.value = version;
      const now = new Date().toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
      say("saved", `${words().saved} ${now}`);
    } catch (fault) {
      if (fault.name !== "AbortError") say("fault", words().notSaved);
    }
  }
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  // Without a line the browser would show a page of its own instead of what was written.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say("fault", words().noLine);
  });
  form.addEventListener("change", () => {
    if (!unsaved) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 150);
  });
  form.addEventListener("submit", () => { clearTimeout(waiting); running?.abort(); unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

/* A message with an undo counts its seconds down; then the undo leaves, the message stays. */
function countDown(message) {
  const place = message.querySelector(".undo-left");
  const form = message.querySelector("form");
  let left = Number(message.dataset.undo);
  if (!place || !form || !left) return;
  const tick = () => {
    if (message.matches(":focus-within, :hover")) return;
    if (left <= 0) { clearInterval(clock); form.remove(); return; }
    place.hidden = false;
    place.textContent = (words().seconds ?? "#").replace("#", String(left));
    left -= 1;
  };
  const clock = setInterval(tick, 1000);
  tick();
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-autosave]:not([data-begun])")) {
    form.dataset.begun = "";
    autosave(form);
  }
  for (const message of root.querySelectorAll("[data-undo]:not([data-begun])")) {
    message.dataset.begun = "";
    countDown(message);
  }
}
begin(document);
document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));

/* The server asks for a confirmation page too; this only saves a step. */
document.addEventListener("click", (event) => {
  const asking = event.target.closest("[data-confirm]");
  if (asking && !window.confirm(asking.dataset.confirm || words().sure)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.hasAttribute("hx-post")) return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  if (event.target.method === "post") event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
