"""What every page of Høst must be, on every width, before axe is even asked.

One heading of the first level, a title, a language, no sideways scrolling at 320 px, targets one
can hit, room for letters of twice the size, and no line wider than the page.
Source: WCAG 2.2: 1.4.4, 1.4.10, 2.4.2, 2.5.8, 3.1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.axe import accessibility_faults, make_tall

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What a page says of itself: a list of faults in words.
ANATOMY = """() => {
  const faults = [];
  const shown = (e) => e.getClientRects().length > 0;
  const heads = [...document.querySelectorAll('h1')].filter(shown);
  if (heads.length !== 1) faults.push(`${heads.length} headings of the first level`);
  if (heads[0] && !heads[0].textContent.trim()) faults.push('an empty heading');
  if (!document.title.replace('· Høst', '').trim()) faults.push('no title');
  if (!['da', 'en'].includes(document.documentElement.lang)) faults.push('no language');
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
  if (twice.length) faults.push('ids used twice: ' + twice);
  // An empty attribute is what our own measuring leaves on a page that stays.
  const inline = document.querySelectorAll(
    '[style]:not([style=""]), style, script:not([src]):not([type])');
  if (inline.length) faults.push('inline style or script: ' + inline[0].outerHTML.slice(0, 90));
  const stops = document.body.innerText.match(/.{0,40}\\w\\.\\.(?!\\.).{0,20}/);
  if (stops) faults.push('a sentence ends twice: ' + stops[0]);
  return faults;
}"""

# What is wider than the page, apart from what scrolls by itself (tables, tabs).
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth + 1) return [];
  const scrolls = (e) => { for (; e; e = e.parentElement) {
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX)
        && e !== document.body && e !== document.documentElement) return true; } return false; };
  const wide = [...document.body.querySelectorAll('*')].filter((e) =>
    e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e.parentElement));
  return [`${root.scrollWidth} px on ${root.clientWidth}: `
    + wide.slice(-3).map((e) => e.outerHTML.slice(0, 110)).join(' | ')];
}"""

# Text that is cut off because what holds it is too small, apart from what says "…" or scrolls.
CUT = """() => [...document.querySelectorAll('main *, header *, nav *')].filter((e) => {
    if (!e.childNodes.length || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
      return false;
    const look = getComputedStyle(e);
    if (look.position === 'absolute' && look.clip !== 'auto') return false;
    if (e.closest('.sr-only, .sr-header, [hidden], svg, details:not([open]) > :not(summary)'))
      return false;
    const hides = (way) => ['hidden', 'clip'].includes(way);
    return (hides(look.overflowX) && look.textOverflow !== 'ellipsis'
        && e.scrollWidth > e.clientWidth + 2)
      || (hides(look.overflowY) && e.scrollHeight > e.clientHeight + 4);
  }).map((e) => 'cut off: ' + e.outerHTML.slice(0, 140))"""

# Words of two neighbours in one another's place.
OVERLAPS = """() => {
  const out = [];
  const hidden = (e) => { for (; e; e = e.parentElement) { const b = e.getBoundingClientRect();
    if ((b.width <= 1 || b.height <= 1) && getComputedStyle(e).display !== 'contents') return true;
  } return false; };
  const words = [...document.querySelectorAll('main p, main h1, main h2, main h3, main li, main dt,'
    + ' main dd, main td, main th, main label, main legend, main a.button, main button, nav a')]
    .filter((e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})
      && !e.closest('.sr-only, details.overflow, .menu, [hidden], svg') && !hidden(e)
      && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  const boxes = words.map((e) => { const range = document.createRange();
    range.selectNodeContents(e); return [e, range.getBoundingClientRect()]; });
  for (let a = 0; a < boxes.length && out.length < 5; a += 1)
    for (let b = a + 1; b < Math.min(boxes.length, a + 12); b += 1) {
      const [one, p] = boxes[a]; const [two, q] = boxes[b];
      if (one.contains(two) || two.contains(one)) continue;
      if (one.closest('nav.bottom') || two.closest('nav.bottom')) continue;
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 3 && high > 0.4 * Math.min(p.height, q.height))
        out.push('over one another: ' + one.outerHTML.slice(0, 70) + ' | '
          + two.outerHTML.slice(0, 70));
    }
  for (const svg of document.querySelectorAll('main svg')) {
    if (!svg.checkVisibility()) continue;
    const texts = [...svg.querySelectorAll('text')].map((e) => [e, e.getBoundingClientRect()]);
    for (let a = 0; a < texts.length; a += 1)
      for (let b = a + 1; b < texts.length; b += 1) {
        const [one, p] = texts[a]; const [two, q] = texts[b];
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (wide > 3 && high > 0.4 * Math.min(p.height, q.height))
          out.push('drawn over one another: ' + one.textContent + ' | ' + two.textContent);
      }
  }
  return out;
}"""
DOUBLE = """() => { const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'; }"""
SINGLE = "() => document.documentElement.removeAttribute('style')"


def assert_sound(page: Page, state: str = "", *, thorough: bool = True) -> None:
    """Judge a page that stands open: anatomy, axe and room at 1280, 360 and 320 px, and doubled.

    Letters of double size are judged in a window of 720 px, because the layout follows the letters.
    Another state of a page that was judged thoroughly is judged on a phone only.
    """
    faults = [f"anatomy: {one}" for one in page.evaluate(ANATOMY)]
    for width, height in ((1280, 800), (360, 740)) if thorough else ((360, 740),):
        make_tall(page, width, height)
        faults += [f"{width} px: {one}" for one in page.evaluate(TOO_WIDE)]
        faults += [f"{width} px: {one}" for one in page.evaluate(OVERLAPS)]
        faults += accessibility_faults(page, f"{width} px")
    if thorough:
        make_tall(page, 320, 640)
        faults += [f"320 px: {one}" for one in page.evaluate(TOO_WIDE)]
        page.evaluate(DOUBLE)
        make_tall(page, 720, 800)
        for look in (TOO_WIDE, CUT, OVERLAPS):
            faults += [f"200 %: {one}" for one in page.evaluate(look)]
        page.evaluate(SINGLE)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not faults, f"{page.url} {state}\n" + "\n".join(faults)
