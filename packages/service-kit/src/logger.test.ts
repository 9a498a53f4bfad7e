import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function capture() {
  const lines: string[] = [];
  const logger = createLogger({
    component: 'bridge',
    level: 'info',
    destination: { write: (text: string) => void lines.push(text) },
  });
  const last = () => JSON.parse(lines.at(-1) ?? 'null');
  return { lines, logger, last };
}

test('writes one JSON line with the level as a word, the component and the fields', () => {
  const { lines, logger, last } = capture();
  logger.info({ event: 'started', port: 1 }, 'started');
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({
    level: 'info',
    component: 'bridge',
    event: 'started',
    port: 1,
    msg: 'started',
  });
  expect(new Date(last().time).toISOString()).toBe(last().time);
});

test('drops lines below the level', () => {
  const { lines, logger } = capture();
  logger.debug({ event: 'detail' }, 'detail');
  expect(lines).toEqual([]);
});

test('an error keeps its code and its causes', () => {
  const { logger, last } = capture();
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  logger.error(
    { event: 'failed', err: new Error('no broker', { cause }) },
    'failed',
  );
  expect(last().err).toMatchObject({
    message: 'no broker',
    cause: { message: 'refused', code: 'ECONNREFUSED' },
  });
});

test.each([
  'password',
  'MQTT_PASSWORD',
  'PGPASSWORD',
  'token',
  'authorization',
])('the value under %s is redacted at the top and one level down', name => {
  const { lines, logger } = capture();
  logger.info(
    { event: 'x', [name]: 'hunter2', config: { [name]: 'hunter2' } },
    'x',
  );
  expect(lines.join()).not.toContain('hunter2');
  expect(lines.join()).toContain('[redacted]');
});
