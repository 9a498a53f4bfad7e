import RequestQueue from '@homelab/kafkajs/src/network/requestQueue/index.js';

let stopped = false;

/**
 * Stops kafkajs from checking an empty request queue every millisecond: 2.2.4 schedules
 * the next check even when nothing is pending, which costs an idle process about two
 * percent of a core and makes Node warn about a negative timeout (tulios/kafkajs issues
 * 1704 and 1751). Safe to call repeatedly.
 */
export function stopIdlePolling(): void {
  if (stopped) return;
  stopped = true;
  const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests =
    function onlyWhenPending() {
      // A queue that is full or throttled has pending requests; an empty one needs no
      // check.
      if (this.pending.length > 0) schedule.call(this);
    };
}
