/* A link with data-sheet opens its page as a sheet over this one on a wide screen.
   Without JavaScript, and on a phone, it is the page it says it is. */
const WIDE = window.matchMedia("(min-width: 48em)");
const dialog = document.getElementById("sheet");
let opener = null;

async function open(link) {
  const answer = await fetch(link.href, { headers: { "X-Sheet": "1" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.querySelector("[data-sheet-content]");
  if (!answer.ok || !content) { window.location.assign(link.href); return; }
  opener = link;
  document.getElementById("sheet-title").textContent = content.dataset.sheetTitle;
  document.getElementById("sheet-body").replaceChildren(document.importNode(content, true));
  for (const form of dialog.querySelectorAll("form:not([action])")) form.action = link.href;
  window.htmx?.process(dialog);
  dialog.showModal();
  dialog.querySelector("[data-focus], .sheet-body input:not([type=hidden]), .sheet-body select, .sheet-body textarea")?.focus();
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link).catch(() => window.location.assign(link.href));
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    document.getElementById("sheet-body").replaceChildren();
    opener?.focus();
    opener = null;
  });
}
