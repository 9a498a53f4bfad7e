/** Lets the page open without a network, where the browser allows that: over TLS or on this machine. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => {
      // The page works without it; only the browser's own console has more to say.
    });
  });
}
