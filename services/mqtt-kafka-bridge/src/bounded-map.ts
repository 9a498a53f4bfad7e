/** A map with a bound in bytes: the entry written longest ago is evicted first. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  /** Writes an entry; one that exceeds the bound by itself is not kept. */
  set(key: string, value: Value): void;
  readonly size: number;
  /** Estimated bytes of all entries. */
  readonly bytes: number;
}

/** Approximate cost of an entry besides its key and value. */
const entryBytes = 100;

/**
 * Creates the map. Keys come from outside, in any number and of any length.
 * `valueBytes` estimates a value, which must not grow once set.
 */
export function createBoundedMap<Value>(options: {
  maxBytes: number;
  valueBytes: number | ((value: Value) => number);
}): BoundedMap<Value> {
  const { maxBytes, valueBytes } = options;
  const entries = new Map<string, Value>();
  let bytes = 0;

  const bytesOf = (key: string, value: Value) =>
    entryBytes +
    // A character takes one byte or two.
    2 * key.length +
    (typeof valueBytes === 'number' ? valueBytes : valueBytes(value));

  function remove(key: string, value: Value): void {
    entries.delete(key);
    bytes -= bytesOf(key, value);
  }

  return {
    get: key => entries.get(key),
    has: key => entries.has(key),
    set(key, value) {
      const former = entries.get(key);
      if (former !== undefined || entries.has(key)) {
        remove(key, former as Value);
      }
      const added = bytesOf(key, value);
      if (added > maxBytes) return;
      entries.set(key, value);
      bytes += added;
      for (const [oldest, one] of entries) {
        if (bytes <= maxBytes) break;
        remove(oldest, one);
      }
    },
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
  };
}
