import type { Locator } from '@playwright/test';

/**
 * Watches an element for a text. Resolves once the browser is watching, with a function that
 * gives the time at which the text appeared, in milliseconds since 1970.
 */
export async function watchForText(
  element: Locator,
  text: string,
): Promise<() => Promise<number>> {
  const watched = await element.evaluateHandle((node, wanted) => {
    const shownAtMs = new Promise<number>(resolve => {
      const observer = new MutationObserver(() => {
        if (!node.textContent.includes(wanted)) return;
        observer.disconnect();
        resolve(Date.now());
      });
      observer.observe(node, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    // Wrapped, because a bare promise would be awaited here.
    return { shownAtMs };
  }, text);
  return () => watched.evaluate(({ shownAtMs }) => shownAtMs);
}

/**
 * Notes when each text of an element was painted: in the frame after it changed. Resolves once the
 * browser is watching, with a function that gives each text and its time, in milliseconds since
 * 1970.
 */
export async function watchPaints(
  element: Locator,
): Promise<() => Promise<readonly (readonly [text: string, atMs: number])[]>> {
  const watched = await element.evaluateHandle(node => {
    const paints: [string, number][] = [];
    const observer = new MutationObserver(() => {
      const text = node.textContent ?? '';
      // The frame is drawn after its callbacks, so the next one begins when it is on the screen.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => paints.push([text, Date.now()])),
      );
    });
    observer.observe(node, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return paints;
  });
  return () => watched.jsonValue();
}
