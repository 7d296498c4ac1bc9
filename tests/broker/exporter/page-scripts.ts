/** What is asked of the page in the browser: texts, because nothing here knows of documents. */

/** Where the focus is, in words; null where it has left the page. */
export const FOCUS = `(() => {
  const active = document.activeElement;
  if (!active || active === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(active);
  const { left, width } = active.getBoundingClientRect();
  const visible = outlineStyle !== "none" && outlineWidth !== "0px" && left >= 0 && width > 0;
  const name = active.getAttribute("aria-labelledby") ?? active.textContent.trim();
  return active.tagName.toLowerCase() + " " + name + (visible ? "" : " without a mark");
})()`;

/** The width of all there is, and of what is seen. */
export const WIDTHS = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return [scrollWidth, clientWidth];
})()`;

/** A script that the page did not bring. */
export const FOREIGN_SCRIPT = `(() => {
  document.head.append(Object.assign(document.createElement("script"), { text: "1" }));
})()`;

/** The contrast of each text with what is behind it, by WCAG's formula; \`low\` lists what has less than 4.5 to 1. */
export const CONTRASTS = String.raw`(() => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = color.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const color = channels(getComputedStyle(element).backgroundColor);
    return color.length === 3 || color[3] === 1 ? color : behind(element.parentElement);
  };
  const low = [];
  let seen = 0;
  for (const element of document.querySelectorAll("main *, header *, form *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "",
    );
    if (!own || element.getClientRects().length === 0) continue;
    seen += 1;
    const text = luminance(channels(getComputedStyle(element).color));
    const ground = luminance(behind(element));
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    if (ratio < 4.5) low.push(element.textContent.trim() + ": " + ratio.toFixed(2));
  }
  return { low, seen, red: behind(document.body)[0] };
})()`;
