/* A link with data-sheet opens its page as a sheet over this one on a wide screen.
   Without JavaScript, and on a phone, it is the page it says it is.

   The answer is a part of the page or all of it; what lies in [data-sheet-content] is shown. Forms
   are sent from the sheet: 422 comes back into it, a redirect moves the whole page (ui/sheets.py). */
const WIDE = window.matchMedia("(min-width: 48em)");
const FIRST = "[data-focus], input:not([type=hidden]), select, textarea, .button";
const dialog = document.getElementById("sheet");
const body = document.getElementById("sheet-body");
let opener = null;

function open(link) {
  opener = link;
  window.htmx.ajax("GET", link.href, { source: body, target: body, headers: { "X-Sheet": "1" } });
}

/* What has come becomes the sheet: its title, and forms that are sent from here. */
function settle() {
  const content = body.querySelector("[data-sheet-content]");
  const head = body.querySelector("h1");
  document.getElementById("sheet-title").textContent = content?.dataset.sheetTitle ?? head?.textContent ?? "";
  for (const form of body.querySelectorAll("form[method=post]:not([hx-post])")) {
    form.setAttribute("hx-post", form.getAttribute("action") || opener?.href || "");
    window.htmx.process(form);
  }
  if (!dialog.open) dialog.showModal();
  const first = body.querySelector("[data-focus]") ?? body.querySelector(FIRST);
  first?.focus();
}

if (dialog && body) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || !window.htmx || !WIDE.matches || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (event.detail.target !== body || xhr.responseText.includes("data-sheet-content")) return;
    if (requestConfig.verb === "get") {
      event.detail.shouldSwap = false;
      window.location.assign(opener?.href ?? window.location.href);
      return;
    }
    if (requestConfig.elt.matches("[data-keep]")) return;
    // A page that says why it was refused, or what somebody else wrote meanwhile.
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.selectOverride = "#main-content > *";
  });
  body.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target === body) settle(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
}
