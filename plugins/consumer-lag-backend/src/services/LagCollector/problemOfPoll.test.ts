import { KafkaClusterError } from '@homelab/kafka-clusters';
import { problemOfPoll } from './problemOfPoll';

const aborted = new DOMException('This operation was aborted', 'AbortError');

it('uses the message of Kafka', () => {
  const problem = { code: 'BROKER_UNREACHABLE', message: 'It is away.' };
  expect(
    problemOfPoll(new KafkaClusterError(problem), {
      isAborted: false,
      lastedMs: 1,
    }),
  ).toEqual(problem);
});

it('says how to fix a poll that took too long', () => {
  expect(
    problemOfPoll(aborted, { isAborted: true, lastedMs: 60_004 }),
  ).toMatchObject({
    code: 'POLL_TIMEOUT',
    message: expect.stringContaining('within 60 s'),
  });
});

it('does not count a shutdown as a failure of Kafka', () => {
  expect(
    problemOfPoll(aborted, { isAborted: true, lastedMs: 3_000 }),
  ).toBeUndefined();
  const closed = new KafkaClusterError({ code: 'CLOSED', message: 'Closed.' });
  expect(
    problemOfPoll(closed, { isAborted: false, lastedMs: 1 }),
  ).toBeUndefined();
});
