import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { RedriveRequest } from '@homelab/plugin-dead-letters-common';
import type { RedriveLimits } from '../../config';
import type { Mask } from '../Letters';
import type { RedriveCluster } from './runRedrive';

/** Where the topic ends now: what comes later is not meant. */
export async function endsOf({ kafka }: RedriveCluster, topic: string) {
  const admin = kafka.admin();
  try {
    await admin.start();
    const offsets = await admin.topicOffsets(topic);
    return offsets.map(({ partition, high }) => ({ partition, offset: high }));
  } catch (error) {
    throw new ServiceUnavailableError(
      `Kafka cannot say where ${topic} ends: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    await admin.stop().catch(() => {});
  }
}

/** @throws InputError when the rate is above what is allowed */
export function rateOf(
  { ratePerSecond }: RedriveRequest,
  { defaultRatePerSecond, maxRatePerSecond }: RedriveLimits,
): number {
  const rate = ratePerSecond ?? defaultRatePerSecond;
  if (rate <= maxRatePerSecond) return rate;
  throw new InputError(
    `ratePerSecond must not be above ${maxRatePerSecond}, as deadLetters.actions.redrive.maxRatePerSecond says.`,
  );
}

/** @throws InputError when a filter would tell what is masked */
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
      'Keys are masked here, so letters cannot be chosen by their key.',
    );
}

/** @throws InputError when nobody of us wrote it */
export function readRedriveCursor(text: string) {
  const [, createdAtMs, id] = /^(\d{1,15})_([\da-f-]{36})$/.exec(text) ?? [];
  if (createdAtMs === undefined)
    throw new InputError(
      'before is no cursor of a list of redrives; use the nextCursor of an answer.',
    );
  return { createdAtMs: Number(createdAtMs), id };
}

/** Letters of all targets. */
export function sumOf(sent: Readonly<Record<string, number>>): number {
  return Object.values(sent).reduce((sum, one) => sum + one, 0);
}
