import { expect, test } from 'vitest';
import { formatStatus } from './status.ts';

const bridge = {
  name: 'mqtt-kafka-bridge',
  status: 'ready',
  pid: 4711,
  memoryMb: 80,
  restarts: 2,
  ports: '9101',
};
const topics = {
  ...bridge,
  name: 'kafka-topics',
  status: 'completed',
  pid: null,
  ports: '',
};

test('shows each process in columns', () => {
  const lines = formatStatus('running', [bridge, topics]).split('\n');
  expect(lines[0]).toBe('Homelab is running.');
  expect(lines.slice(2)).toEqual([
    'NAME               STATUS     PID   MEMORY  RESTARTS  PORTS',
    'mqtt-kafka-bridge  ready      4711  80 MB   2         9101',
    'kafka-topics       completed  -     -       2         -',
  ]);
});

test('says how to start a stopped stack and how to end leftover processes', () => {
  expect(formatStatus('stopped', [])).toContain('./homelab up');
  expect(formatStatus('orphaned', [bridge])).toContain('./homelab down');
});
