import { expect, test } from 'vitest';
import {
  createTerminalFormat,
  isAccessLog,
  readableLine,
} from './terminal-lines.ts';

test('shows a JSON log line as level, event and fields', () => {
  const line = JSON.stringify({
    level: 'warn',
    time: '2026-01-01T00:00:00Z',
    component: 'bridge',
    event: 'message-rejected',
    reason: 'not JSON',
    attempts: 3,
  });
  expect(readableLine(line)).toBe(
    'warn message-rejected reason=not JSON attempts=3',
  );
  expect(readableLine('{"level":"info","event":"e","msg":"it began"}')).toBe(
    'info it began',
  );
});

test.each(['plain text', '{"half": ', '{"no":"level"}', '[1]'])(
  'leaves %j as it is',
  line => expect(readableLine(line)).toBe(line),
);

test('prevents processes from moving the cursor or ringing the bell', () => {
  expect(readableLine('a\u001b[2Jb\u0007c\u001b]0;title\u0007')).toBe(
    'a[2Jbc]0;title',
  );
  expect(readableLine('\u0007[1mx\ty')).toBe('[1mx\ty');
  expect(readableLine('\u001b[31mred\u001b[0m')).toBe('\u001b[31mred\u001b[0m');
});

test('prefixes are equally wide, and coloured only when asked', () => {
  const names = ['kafka', 'timescale-sink'];
  const plain = createTerminalFormat({ names, colour: false });
  expect(plain({ process: 'kafka', text: 'hello', event: false })).toBe(
    'kafka          | hello',
  );
  const coloured = createTerminalFormat({ names, colour: true });
  const [first, second] = names.map(process =>
    coloured({ process, text: '', event: false }).slice(0, 5),
  );
  expect(first?.startsWith('\u001b[')).toBe(true);
  expect(first).not.toBe(second);
});

test('recognises the access log of the portal', () => {
  expect(isAccessLog('{"level":"info","type":"incomingRequest"}')).toBe(true);
  expect(isAccessLog('{"level":"info","type":"taskManager"}')).toBe(false);
  expect(isAccessLog('incomingRequest')).toBe(false);
});
