import { parseRequest } from '@homelab/portal-node';
import { historyFields, historyQuerySchema, historyRange } from './requests';

const nowMs = Date.UTC(2026, 0, 12, 12);
const parse = (query: object) => parseRequest(historyQuerySchema, query);

it('defaults to the last 24 hours', () => {
  const range = historyRange(parse({}), nowMs);
  expect(range).toEqual({
    from: new Date('2026-01-11T12:00:00Z'),
    to: new Date('2026-01-12T12:00:00Z'),
    maxPoints: 600,
  });
});

it.each([
  [{ from: 'yesterday' }, /from/],
  [{ maxPoints: '0' }, /maxPoints/],
  [{ maxPoints: '100000' }, /maxPoints/],
  [{ maxpoints: '10' }, /maxpoints/],
  [{ stream: 'weather' }, /stream/],
])('refuses %p', (query, message) => {
  expect(() => parse(query)).toThrow(message);
});

it.each([
  [{ from: '2026-01-12T13:00:00Z' }, /before/],
  [{ from: '2024-01-01T00:00:00Z' }, /longer than 400 days/],
])('refuses the range %p', (query, message) => {
  expect(() => historyRange(parse(query), nowMs)).toThrow(message);
});

it('accepts only known numeric fields, because names become columns', () => {
  expect(historyFields('heatpump', 'supply_temp, return_temp')).toEqual([
    'supply_temp',
    'return_temp',
  ]);
  for (const field of ['mode', 'time', 'x"; drop table heatpump_status; --']) {
    expect(() => historyFields('heatpump', field)).toThrow(
      /not numeric fields/,
    );
  }
});
