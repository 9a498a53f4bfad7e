/**
 * Where a fixture registers its cleanup: the context of a Vitest test, or the
 * {@link fileScope} for what a whole file shares.
 */
export interface TestScope {
  onTestFinished(cleanup: () => Promise<void> | void): void;
}

/**
 * The scope of a test file: `const file = fileScope(afterAll)` at its top. Fixtures in it are
 * closed after the last test, last opened first. A fixture in a hook such as `beforeAll` could
 * not use `afterAll` itself, because Vitest ignores hooks registered in hooks.
 */
export function fileScope(
  afterAll: (cleanup: () => Promise<void>) => void,
): TestScope {
  const cleanups: (() => Promise<void> | void)[] = [];
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  return { onTestFinished: cleanup => void cleanups.push(cleanup) };
}
