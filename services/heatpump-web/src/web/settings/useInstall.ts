import { useSyncExternalStore } from 'react';

/** What Chromium offers; other browsers have it in their menu only. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | undefined;
const listeners = new Set<() => void>();

window.addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  offered = event as InstallPrompt;
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the page can be put on this device, and how. */
export type Install =
  | { readonly kind: 'possible'; readonly ask: () => void }
  | { readonly kind: 'byHand' | 'installed' | 'insecure' };

/** Tells that, and changes when the browser offers it. */
export function useInstall(): Install {
  const prompt = useSyncExternalStore(subscribe, () => offered);
  if (window.matchMedia('(display-mode: standalone)').matches)
    return { kind: 'installed' };
  if (!window.isSecureContext) return { kind: 'insecure' };
  if (prompt === undefined) return { kind: 'byHand' };
  return { kind: 'possible', ask: () => void prompt.prompt() };
}
