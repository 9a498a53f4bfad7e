import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What a browser did that a test must check. */
export interface BrowserTrouble {
  /** Each on one line: uncaught errors, errors on the console, requests to elsewhere. */
  unexpected(): readonly string[];
}

/**
 * Watches every page of a browser context for errors and for requests to another origin
 * than the portal's, which a household without internet could not answer.
 *
 * @param options.portalUrl where the portal runs
 * @param options.allowedErrors what the console may say; matched with the text and, behind
 *   it, the address that the error is about
 */
export function watchBrowser(
  context: BrowserContext,
  options: { portalUrl: string; allowedErrors: readonly RegExp[] },
): BrowserTrouble {
  const { origin } = new URL(options.portalUrl);
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

/** Addresses that hold their own content never leave the browser. */
function isOwn(address: string, origin: string): boolean {
  const { protocol, host } = new URL(address);
  if (protocol === 'data:' || protocol === 'blob:') return true;
  return host === new URL(origin).host;
}
