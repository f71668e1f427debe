/* The first place of each domain word in the text opens its explanation.
   The explanations stand at the foot of the page, made by the server; without JavaScript they are
   there. A word inside a link, a button, a label or a heading of the page is left alone. */
const NAME = "Høst";
const PLACES = "p, li, dd, dt, th, figcaption";
const ALONE = "a, button, label, legend, summary, option, select, textarea, code, kbd, q, svg, h1, h2, h3, nav, .ladder-here, .source-note, .versions, .messages, .term, .term-text, .page-words, [data-no-words]";

export function explain(root = document.querySelector("main")) {
  const list = document.getElementById("page-words");
  if (!list || !root) return;
  const left = new Map();
  for (const entry of list.querySelectorAll("[data-code]")) {
    const { code, forms } = entry.dataset;
    if (root.querySelector(`.term[data-term="${code}"]`)) continue;
    for (const form of forms.split("|")) left.set(form, entry);
  }
  if (!left.size) return;
  const escaped = [...left.keys()].sort((a, b) => b.length - a.length).map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}-])(?:${escaped.join("|")})(?![\\p{L}-])`, "giu");
  for (const node of textNodes(root)) {
    if (!left.size) return;
    mark(node, pattern, left, list);
  }
}

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode(node) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.closest(PLACES) || parent.closest(ALONE)) return NodeFilter.FILTER_REJECT;
      return NodeFilter.FILTER_ACCEPT;
    },
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/* Mark the first place of each word in a text node, from its end so that places stay true. */
function mark(node, pattern, left, list) {
  const hits = [];
  for (const hit of node.data.matchAll(pattern)) {
    const entry = left.get(hit[0].toLowerCase());
    if (!entry || hit[0] === NAME) continue;
    for (const [form, other] of left) if (other === entry) left.delete(form);
    hits.push([hit.index, hit[0].length, entry]);
  }
  for (const [start, length, entry] of hits.reverse()) {
    const word = node.splitText(start);
    const after = word.splitText(length);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "term";
    button.dataset.term = entry.dataset.code;
    const text = popover(entry, list);
    button.setAttribute("popovertarget", text.id);
    button.setAttribute("aria-describedby", text.id);
    button.textContent = word.data;
    word.replaceWith(whole(button, after));
  }
}

/* A comma or a full stop stays on the line of its word. */
function whole(button, after) {
  const tail = after.data.match(/^[.,;:!?)»«]+/)?.[0];
  if (!tail) return button;
  after.data = after.data.slice(tail.length);
  const holder = document.createElement("span");
  holder.className = "term-whole";
  holder.append(button, tail);
  return holder;
}

function popover(entry, list) {
  const text = document.createElement("span");
  text.className = "term-text";
  text.id = `forklaring-${entry.dataset.code}`;
  text.popover = "auto";
  text.textContent = entry.querySelector("dd").textContent.trim();
  list.after(text);
  return text;
}

explain();
