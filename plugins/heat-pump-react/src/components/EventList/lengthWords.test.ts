import { lengthWords } from './lengthWords';

const at = (clock: string) => `2026-01-12T${clock}:00.000Z`;
const closed = { openStart: false, openEnd: false };
const now = { isLast: true, timeZone: 'Europe/Stockholm' };
const past = { ...now, isLast: false };

it.each([
  ['an event that ended', closed, past, '10 min'],
  ['one that goes on', { ...closed, openEnd: true }, now, 'for 10 min now'],
  [
    'one that goes on since before the range',
    { openStart: true, openEnd: true },
    now,
    'for more than 10 min now',
  ],
  [
    'one whose end was not seen, because the device fell silent',
    { ...closed, openEnd: true },
    past,
    'at least 10 min',
  ],
])('says how long %s lasted', (_, open, options, words) => {
  const band = { from: at('12:00'), to: at('12:10'), ...open };
  expect(lengthWords(band, options)).toBe(words);
});

it.each([now, past])(
  'says of a single reading when it was, in the zone of the site',
  options => {
    const band = { from: at('11:28'), to: at('11:28'), ...closed };
    expect(lengthWords({ ...band, openEnd: true }, options)).toBe(
      'on at the last reading, 12:28',
    );
  },
);
