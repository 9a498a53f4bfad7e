import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What a test must check about a browser. */
export interface BrowserTrouble {
  /** One line each: uncaught errors, console errors, requests to other hosts. */
  unexpected(): readonly string[];
}

/**
 * Watches every page of a browser context for errors and for requests to origins other than
 * their own, which would fail in a household without internet.
 *
 * @param options.ownUrl where the pages are served
 * @param options.allowedErrors console errors that are allowed; matched against the text
 *   followed by the URL that the error is about
 */
export function watchBrowser(
  context: BrowserContext,
  options: { ownUrl: string; allowedErrors: readonly RegExp[] },
): BrowserTrouble {
  const { origin } = new URL(options.ownUrl);
  const trouble: string[] = [];
  const requested = (address: string) => {
    if (!isOwn(address, origin)) trouble.push(`request to ${address}`);
  };
  context.on('weberror', failure =>
    trouble.push(`uncaught: ${failure.error().message}`),
  );
  context.on('console', message => {
    if (message.type() !== 'error') return;
    const line = lineOf(message);
    if (!options.allowedErrors.some(allowed => allowed.test(line))) {
      trouble.push(`console: ${line}`);
    }
  });
  context.on('request', request => requested(request.url()));
  context.on('page', page =>
    page.on('websocket', socket => requested(socket.url())),
  );
  return { unexpected: () => trouble };
}

function lineOf(message: ConsoleMessage): string {
  return `${message.text()} ${message.location().url}`;
}

/** URLs that contain their own content never leave the browser. */
function isOwn(address: string, origin: string): boolean {
  const { protocol, host } = new URL(address);
  if (protocol === 'data:' || protocol === 'blob:') return true;
  return host === new URL(origin).host;
}
