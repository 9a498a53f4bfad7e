import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let stopped = false;

/**
 * Keeps kafkajs from looking every millisecond for requests that nobody has made:
 * 2.2.4 plans its next look even when none is pending, which takes about two percent
 * of a core in an idle process and makes Node warn of a negative timeout
 * (tulios/kafkajs issues 1704 and 1751). May be called again.
 */
export function stopIdlePolling(): void {
  if (stopped) return;
  stopped = true;
  const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests =
    function onlyWhenPending() {
      // A queue that is full or throttled has pending requests; an empty one needs no look.
      if (this.pending.length > 0) schedule.call(this);
    };
}
