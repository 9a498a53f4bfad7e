/** Collects the items of several callers, so that one write serves them all. */
export interface Collector<Item, Refused> {
  /**
   * Adds items and resolves once all of them were written, with those that were refused.
   * Rejects when a write of any of them rejects. `isWanted` tells whether the caller still
   * wants them written.
   */
  add(items: readonly Item[], isWanted: () => boolean): Promise<Refused[]>;
}

interface Caller<Refused> {
  readonly isWanted: () => boolean;
  readonly refused: Refused[];
  unwritten: number;
  failure?: { readonly error: unknown };
  readonly settle: () => void;
}

/** Some of the items of a caller. */
interface Share<Item, Refused> {
  readonly items: readonly Item[];
  readonly caller: Caller<Refused>;
}

/**
 * Creates a collector that writes once it has `maxItems` or the oldest has waited
 * `maxAgeMs`. Writes run in parallel; the number of waiting callers bounds what is held.
 * `refusedItem` gives the item of a refusal.
 */
export function createCollector<Item, Refused>(deps: {
  maxItems: number;
  maxAgeMs: number;
  write: (
    items: readonly Item[],
    isWanted: () => boolean,
  ) => Promise<readonly Refused[]>;
  refusedItem: (refused: Refused) => Item;
}): Collector<Item, Refused> {
  const { maxItems, maxAgeMs, write, refusedItem } = deps;
  let waiting: Share<Item, Refused>[] = [];
  let waitingCount = 0;
  let timer: NodeJS.Timeout | undefined;

  function handBack(
    batch: readonly Share<Item, Refused>[],
    refused: readonly Refused[],
  ): void {
    if (refused.length === 0) return;
    const callerOf = new Map(
      batch.flatMap(({ items, caller }) =>
        items.map(item => [item, caller] as const),
      ),
    );
    for (const one of refused)
      callerOf.get(refusedItem(one))?.refused.push(one);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    waitingCount = 0;
    write(
      batch.flatMap(({ items }) => items),
      () => batch.some(({ caller }) => caller.isWanted()),
    )
      .then(
        refused => handBack(batch, refused),
        (error: unknown) => {
          for (const { caller } of batch) caller.failure = { error };
        },
      )
      .finally(() => {
        for (const { items, caller } of batch) {
          caller.unwritten -= items.length;
          if (caller.unwritten === 0) caller.settle();
        }
      });
  }

  function take(items: readonly Item[], caller: Caller<Refused>): void {
    let taken = 0;
    while (taken < items.length) {
      const share = items.slice(taken, taken + maxItems - waitingCount);
      waiting.push({ items: share, caller });
      waitingCount += share.length;
      taken += share.length;
      if (waitingCount >= maxItems) flush();
    }
    if (waitingCount > 0) timer ??= setTimeout(flush, maxAgeMs);
  }

  return {
    add(items, isWanted) {
      if (items.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        const caller: Caller<Refused> = {
          isWanted,
          refused: [],
          unwritten: items.length,
          settle() {
            if (caller.failure === undefined) resolve(caller.refused);
            else reject(caller.failure.error);
          },
        };
        take(items, caller);
      });
    },
  };
}
