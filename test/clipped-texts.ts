/** The texts of the document that are cut off by their box or by the window. Runs in the page: it must need nothing from outside. */
export function clippedTexts(): string[] {
  const TOLERANCE = 1.5;
  /** A text that is wider than its box by less than a pixel has an ellipsis already. */
  const SIDEWAYS = 0.1;
  const found: string[] = [];
  const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (!node.textContent!.trim() || parent.closest('option, .sr-only')) continue;
    // Of such a row the items that have no room are not seen at all.
    const row = parent.closest('[data-as-many-as-fit]')?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (row && text.top >= row.bottom) continue;
    for (let box: Element | null = parent; box; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const sideways = text.left < left - SIDEWAYS || text.right > right + SIDEWAYS;
      // A line box may be lower than its letters' box, of which ascenders and descenders are a part.
      const slack = TOLERANCE + 0.15 * Number.parseFloat(getComputedStyle(parent).fontSize);
      const upright = text.top < top - slack || text.bottom > bottom + slack;
      if ((overflowX === 'hidden' && sideways) || (overflowY === 'hidden' && upright)) {
        const slot = parent.closest('[data-slot]')?.getAttribute('data-slot');
        found.push(`clipped ${slot === undefined ? '' : `in slot ${slot}`}: ${node.textContent}`);
        break;
      }
    }
  }
  return found;
}
