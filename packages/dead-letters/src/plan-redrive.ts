import { isOneOf } from '@homelab/kafka';
import type { OutgoingRecord } from '@homelab/kafka';
import type { LetterFormat } from './letter-format.ts';
import type { Letter } from './letter.ts';
import { targetOf } from './redrive-places.ts';
import type { RedrivePlaces } from './redrive-places.ts';

/**
 * The record that sends a letter back to where it failed: original key, bytes and
 * headers, plus the redrive count. Undefined when its origin may not be written to.
 */
export function recordOf(
  letter: Letter,
  places: Pick<RedrivePlaces, 'targetOf' | 'originTopics' | 'ledgerTopic'>,
  format: Pick<LetterFormat, 'failureHeaders' | 'redriveCountHeader'>,
): OutgoingRecord | undefined {
  const { record, origin, redriveCount } = letter;
  const topic = targetOf(origin, record.topic, places);
  if (topic === undefined) return undefined;
  const original = Object.entries(record.headers).filter(
    ([name]) => !isOneOf(name, format.failureHeaders),
  );
  return {
    topic,
    key: record.key,
    value: record.value,
    headers: {
      ...Object.fromEntries(original),
      [format.redriveCountHeader]: String(redriveCount + 1),
    },
  };
}
