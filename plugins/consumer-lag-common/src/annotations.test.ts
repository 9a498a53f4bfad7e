import { parseConsumerGroups } from './annotations';

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
    ['', 'any', '', false],
  ])('%j for %s/%s: %s', (value, cluster, groupId, expected) => {
    expect(means(value, cluster, groupId)).toBe(expected);
  });
});
