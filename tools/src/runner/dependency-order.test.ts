import { expect, test } from 'vitest';
import { checkDependencies, dependentsOf } from './dependency-order.ts';
import type { ProcessSpec } from './process-spec.ts';

function spec(
  name: string,
  dependsOn: ProcessSpec['dependsOn'] = {},
): ProcessSpec {
  return {
    name,
    command: 'true',
    args: [],
    dependsOn,
    ready: { kind: 'tcp', port: 1 },
    readyTimeoutMs: 1,
    essential: true,
    restart: 'never',
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 1,
    ports: [],
  };
}

test.each([
  [[spec('a'), spec('a')], 'same name'],
  [[spec('a', { b: 'healthy' })], 'unknown process b'],
  [[spec('a', { b: 'healthy' }), spec('b', { a: 'started' })], 'a -> b -> a'],
  [[spec('a', { b: 'completed' }), spec('b')], 'not a one-shot'],
  [
    [spec('a', { b: 'started' }), { ...spec('b'), essential: false }],
    'depends on b, which is not',
  ],
])('refuses a list with a mistake in it (%#)', (specs, message) => {
  expect(() => checkDependencies(specs)).toThrow(message);
});

test('accepts two that need the same', () => {
  const specs = [
    spec('a'),
    spec('b', { a: 'healthy' }),
    spec('c', { a: 'healthy', b: 'started' }),
  ];
  expect(() => checkDependencies(specs)).not.toThrow();
  expect(dependentsOf('a', specs)).toEqual(['b', 'c']);
});
