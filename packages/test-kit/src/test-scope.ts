/**
 * Where a fixture registers its own end: the context of a Vitest test, or the scope of
 * {@link fileScope} for what a whole file shares.
 */
export interface TestScope {
  onTestFinished(cleanup: () => Promise<void> | void): void;
}

/**
 * The scope of a test file: `const file = fileScope(afterAll)` at its top. What is opened in
 * it is closed after the last test, last opened first. Given `afterAll` itself, a fixture in
 * a hook such as `beforeAll` would never be closed, since Vitest takes no hooks from hooks.
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
