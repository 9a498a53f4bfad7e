/**
 * Keeps messages in the order of arrival and releases the finished ones at the front: MQTT
 * requires acknowledgements in that order.
 */
export interface AckTracker<T> {
  /** Adds a message and gives its sequence number. */
  add(entry: T): number;
  /** Marks a message as finished. May be called twice. */
  finish(sequence: number): void;
  /** Hands over and removes the finished entries before the first unfinished one. */
  release(take: (entry: T) => void): void;
  /** The entry that has waited longest. */
  oldest(): T | undefined;
  /** Entries not yet released. */
  readonly size: number;
}

interface Slot<T> {
  readonly entry: T;
  finished: boolean;
}

const compactAfter = 4096;

/** Creates an empty tracker. */
export function createAckTracker<T>(): AckTracker<T> {
  let slots: Slot<T>[] = [];
  let head = 0;
  /** Sequence number of `slots[0]`. */
  let first = 0;

  function compact(): void {
    if (head < compactAfter && head < slots.length) return;
    slots = slots.slice(head);
    first += head;
    head = 0;
  }

  return {
    add(entry) {
      slots.push({ entry, finished: false });
      return first + slots.length - 1;
    },
    finish(sequence) {
      const slot = slots[sequence - first];
      if (slot !== undefined) slot.finished = true;
    },
    release(take) {
      for (;;) {
        const slot = slots[head];
        if (slot === undefined || !slot.finished) break;
        head += 1;
        take(slot.entry);
      }
      compact();
    },
    oldest: () => slots[head]?.entry,
    get size() {
      return slots.length - head;
    },
  };
}
