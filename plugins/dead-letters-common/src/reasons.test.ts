import { describeReason } from './reasons';

it.each([
  ['payload_not_json', 'Payload not json'],
  ['java.lang.IllegalStateException', 'Illegal state exception'],
  ['unknown', 'No reason given'],
  ['No such order', 'No such order'],
  ['___', '___'],
  ['constructor', 'Constructor'],
])('says %s as "%s"', (code, words) => {
  expect(describeReason(code)).toBe(words);
});

it('prefers configured words', () => {
  expect(describeReason('e17', { e17: 'The meter was replaced' })).toBe(
    'The meter was replaced',
  );
});
