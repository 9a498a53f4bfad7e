import type { Locator } from '@playwright/test';

/**
 * Watches an element for a text. Resolves once the browser watches; the function it gives
 * tells when the text was there, in milliseconds since 1970.
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
    // Wrapped, since a bare promise would be waited for here.
    return { shownAtMs };
  }, text);
  return () => watched.evaluate(({ shownAtMs }) => shownAtMs);
}
