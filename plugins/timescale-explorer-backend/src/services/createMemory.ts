/**
 * Remembers answers for a while, and gives an answer that is on its way to all who ask for it
 * meanwhile. A failure is not remembered.
 */
export function createMemory(deps: {
  readonly keepMs: number;
  now(): number;
}): <T>(key: string, ask: () => Promise<T>) => Promise<T> {
  const { keepMs, now } = deps;
  const known = new Map<
    string,
    { answer: Promise<unknown>; untilMs: number }
  >();
  return <T>(key: string, ask: () => Promise<T>) => {
    const before = known.get(key);
    // The key determines the type of the answer.
    if (before && before.untilMs > now()) return before.answer as Promise<T>;
    for (const [old, { untilMs }] of known)
      if (untilMs <= now()) known.delete(old);
    const answer = ask();
    const entry = { answer, untilMs: Infinity };
    known.set(key, entry);
    answer.then(
      () => {
        entry.untilMs = now() + keepMs;
      },
      () => known.delete(key),
    );
    return answer;
  };
}
