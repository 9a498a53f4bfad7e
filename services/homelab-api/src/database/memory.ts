/**
 * Creates a memory of what is read by a key. What is older than `freshMs` is still given while it is
 * read again; a failure of that shows in the query that follows. The first reading of a key may
 * reject.
 *
 * @param clock - milliseconds of a clock that only goes forward
 */
export function createMemory<Key, Value>(
  freshMs: number,
  read: (key: Key) => Promise<Value>,
  clock: () => number = () => performance.now(),
): (key: Key) => Promise<Value> {
  const known = new Map<Key, { value: Value; atMs: number }>();
  const reading = new Map<Key, Promise<Value>>();

  async function readAnew(key: Key): Promise<Value> {
    const value = await read(key);
    known.set(key, { value, atMs: clock() });
    return value;
  }

  function readOnce(key: Key): Promise<Value> {
    let running = reading.get(key);
    if (running === undefined) {
      running = readAnew(key).finally(() => reading.delete(key));
      reading.set(key, running);
    }
    return running;
  }

  return async key => {
    const entry = known.get(key);
    if (entry === undefined) return readOnce(key);
    if (clock() - entry.atMs > freshMs) readOnce(key).catch(() => {});
    return entry.value;
  };
}
