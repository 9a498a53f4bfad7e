import { parseConsumerGroups } from './groupSelectors';

function means(value: string, cluster: string, groupId: string): boolean {
  return parseConsumerGroups(value).some(selector =>
    selector.matches(cluster, groupId),
  );
}

describe('parseConsumerGroups', () => {
  it.each([
    ['prod/billing', 'prod', 'billing', true],
    ['prod/billing', 'test', 'billing', false],
    ['prod/billing, test/*', 'test', 'anything', true],
    ['billing', 'any', 'billing', true],
    ['billing', 'any', 'billing-2', false],
    ['billing-*', 'any', 'billing-2', true],
    ['*/billing', 'any', 'billing', true],
    ['team/billing', 'any', 'team/billing', true],
    ['a.c', 'any', 'abc', false],
    ['a*b*c', 'any', 'a-b-b-c', true],
    ['a*b*c', 'any', 'a-c-b', false],
    ['*aba*aba*', 'any', 'ababa', false],
    ['ab*ba', 'any', 'aba', false],
    ['*', 'any', 'two\nlines', true],
    ['', 'any', '', false],
  ])('%j for %s/%s: %s', (value, cluster, groupId, expected) => {
    expect(means(value, cluster, groupId)).toBe(expected);
  });

  it('many stars take no longer than one', () => {
    const value = `${'*a'.repeat(30)}*b`;
    const begunAtMs = performance.now();
    expect(means(value, 'any', 'a'.repeat(200))).toBe(false);
    // A regular expression took minutes.
    expect(performance.now() - begunAtMs).toBeLessThan(1_000);
  });
});
