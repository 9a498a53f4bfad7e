/**
 * Where a fixture registers its own end: the context of a Vitest test, or
 * `{ onTestFinished: afterAll }` for what a whole file shares.
 */
export interface TestScope {
  onTestFinished(cleanup: () => Promise<void> | void): void;
}
