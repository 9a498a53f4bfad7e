import type { Config } from '@backstage/config';
import { parseSection } from '@homelab/portal-node';
import { z } from 'zod';
import { createDeadLetterTopics } from './deadLetterTopics';
import type { DeadLetterTopics } from './deadLetterTopics';

const namesSchema = z.object({
  topics: z.array(z.string().min(1)).optional(),
  origins: z.record(z.string(), z.string().min(1)).optional(),
});

const defaultTopics = ['*.dlq', '*-dlq', '*.dlt', '*-dlt', '*.DLT'];

/** A `deadLetters` section of the configuration and its key. */
export interface DeadLettersSection {
  readonly key: string;
  readonly value: unknown;
}

/** The common `deadLetters` section, and that of one Kafka cluster, which overrides it. */
export function deadLettersSections(
  root: Config,
  cluster: string,
): { readonly common: DeadLettersSection; readonly own: DeadLettersSection } {
  const clusters = root.getOptionalConfigArray('kafka.clusters') ?? [];
  const index = clusters.findIndex(
    one => one.getOptionalString('name') === cluster,
  );
  return {
    common: {
      key: 'deadLetters',
      value: root.getOptional('deadLetters') ?? {},
    },
    own: {
      key: `kafka.clusters[${index}].deadLetters`,
      value: clusters[index]?.getOptional('deadLetters') ?? {},
    },
  };
}

/**
 * Reads which Kafka topics of a cluster hold dead letters.
 * @throws InputError that names every bad key
 */
export function readDeadLetterTopics(
  root: Config,
  cluster: string,
): DeadLetterTopics {
  const { common, own } = deadLettersSections(root, cluster);
  const names = {
    ...parseSection(namesSchema, common.value, common.key),
    ...parseSection(namesSchema, own.value, own.key),
  };
  return createDeadLetterTopics({
    topics: names.topics ?? defaultTopics,
    origins: names.origins,
  });
}
