import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { RedriveRequest } from '@homelab/plugin-dead-letters-common';
import type { RedriveLimits } from '../../config';
import type { Mask } from '../Letters';
import type { RedriveCluster } from './runRedrive';

/** Where the topic ends now; later letters are not part of the redrive. */
export async function endsOf({ kafka }: RedriveCluster, topic: string) {
  const admin = kafka.admin();
  try {
    await admin.start();
    const offsets = await admin.topicOffsets(topic);
    return offsets.map(({ partition, high }) => ({ partition, offset: high }));
  } catch (error) {
    throw new ServiceUnavailableError(
      `The end of ${topic} could not be read from Kafka: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    await admin.stop().catch(() => {});
  }
}

/** The rate of a redrive. @throws InputError when it is above the maximum */
export function rateOf(
  { ratePerSecond }: RedriveRequest,
  { defaultRatePerSecond, maxRatePerSecond }: RedriveLimits,
): number {
  const rate = ratePerSecond ?? defaultRatePerSecond;
  if (rate <= maxRatePerSecond) return rate;
  throw new InputError(
    `ratePerSecond must not be above ${maxRatePerSecond}, the value of deadLetters.actions.redrive.maxRatePerSecond.`,
  );
}

/** @throws InputError when a filter would reveal masked keys */
export function requireUsable(
  { selection }: RedriveRequest,
  { config }: Mask,
): void {
  if (
    selection.kind === 'filter' &&
    selection.filter.key !== undefined &&
    config.keys
  )
    throw new InputError(
      'Keys are masked here, so letters cannot be filtered by key.',
    );
}

/** Decodes the cursor of a list. @throws InputError when it is malformed */
export function readRedriveCursor(text: string) {
  const [, createdAtMs, id] = /^(\d{1,15})_([\da-f-]{36})$/.exec(text) ?? [];
  if (createdAtMs === undefined)
    throw new InputError(
      'before is not a cursor of a list of redrives; use the nextCursor of an answer.',
    );
  return { createdAtMs: Number(createdAtMs), id };
}

/** Letters sent to all targets. */
export function sumOf(sent: Readonly<Record<string, number>>): number {
  return Object.values(sent).reduce((sum, one) => sum + one, 0);
}
