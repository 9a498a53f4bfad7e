/** Gathers what several callers hand in, so that one write serves them all. */
export interface Collector<Item, Refused> {
  /**
   * Hands in items and resolves when all of them were written, with those of them that
   * were refused. Rejects when a write of any of them rejects. `isWanted` says whether
   * the caller still wants them written.
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

/**
 * Creates a collector that writes when `maxItems` are there or when the oldest has waited
 * `maxAgeMs`. Writes run side by side; it is the callers, who each wait for theirs, that
 * bound what is held. `refusedItem` tells which item a refusal is about.
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
  let waiting: { item: Item; caller: Caller<Refused> }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    const callerOf = new Map(batch.map(({ item, caller }) => [item, caller]));
    const callers = new Set(callerOf.values());
    write([...callerOf.keys()], () =>
      [...callers].some(caller => caller.isWanted()),
    )
      .then(
        refused => {
          for (const one of refused)
            callerOf.get(refusedItem(one))?.refused.push(one);
        },
        (error: unknown) => {
          for (const caller of callers) caller.failure = { error };
        },
      )
      .finally(() => {
        for (const { caller } of batch) caller.unwritten -= 1;
        for (const caller of callers)
          if (caller.unwritten === 0) caller.settle();
      });
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
        for (const item of items) {
          waiting.push({ item, caller });
          if (waiting.length >= maxItems) flush();
        }
        if (waiting.length > 0) timer ??= setTimeout(flush, maxAgeMs);
      });
    },
  };
}
