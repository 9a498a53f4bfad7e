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

it('takes configured words first', () => {
  expect(describeReason('e17', { e17: 'the meter was replaced' })).toBe(
    'the meter was replaced',
  );
});
