import type { Command } from 'commander';
import type { LetterFilter } from '@homelab/dead-letters';
import {
  deadLetterCodes,
  deadLetterStages,
  deadLetterTopic,
  deadLetterTopics,
} from '@homelab/telemetry';
import { HomelabError } from '../homelab-error.ts';
import { parseTime } from './parse-time.ts';

/** Options that select letters, as typed. */
export interface LetterOptions {
  code?: string;
  stage?: string;
  key?: string;
  since?: string;
  until?: string;
  offset?: string;
}

/** Their names, as typed. */
const letterFlags = {
  code: '--code <CODES>',
  stage: '--stage <STAGE>',
  key: '--key <KEY>',
  since: '--since <TIME>',
  until: '--until <TIME>',
  offset: '--offset <P:O>',
} as const;

/** Adds the options that select letters. */
export function withLetterOptions(command: Command): Command {
  return command
    .option(letterFlags.code, 'why it failed; several are separated by commas')
    .option(letterFlags.stage, `who gave up: ${deadLetterStages.join(', ')}`)
    .option(letterFlags.key, 'the device, or the MQTT topic if unknown')
    .option(
      letterFlags.since,
      'failed then or later, such as 2h (ago) or 2026-01-31',
    )
    .option(letterFlags.until, 'failed before then')
    .option(letterFlags.offset, 'the one at partition:offset');
}

/**
 * The filter of the options.
 * @throws HomelabError `wrong-usage` naming the option and its valid values
 */
export function parseFilter(
  options: LetterOptions,
  nowMs: number,
): LetterFilter {
  const { code, stage, key, since, until, offset } = options;
  const codes = code?.split(',');
  codes?.forEach(text => requireOneOf('--code', text, deadLetterCodes));
  if (stage !== undefined) requireOneOf('--stage', stage, deadLetterStages);
  return {
    ...(codes && { codes }),
    ...(stage !== undefined && { stage }),
    ...(key !== undefined && { key }),
    ...(since !== undefined && { sinceMs: parseTime('--since', since, nowMs) }),
    ...(until !== undefined && { untilMs: parseTime('--until', until, nowMs) }),
    ...(offset !== undefined && { at: [parsePlace('--offset', offset)] }),
  };
}

function requireOneOf(flag: string, text: string, allowed: readonly string[]) {
  if (allowed.includes(text)) return;
  throw new HomelabError(
    'wrong-usage',
    `${flag} "${text}" is not known; it may be ${allowed.join(', ')}.`,
  );
}

/** One record's place, such as `0:41`. */
export function parsePlace(
  flag: string,
  text: string,
): { partition: number; offset: string } {
  const [, partition, offset] = /^(\d{1,9}):(\d{1,18})$/.exec(text) ?? [];
  if (partition !== undefined && offset !== undefined)
    return { partition: Number(partition), offset };
  throw new HomelabError(
    'wrong-usage',
    `${flag} "${text}" is not the place of a letter: write partition:offset, such as 0:41, as "./homelab dlq show" does.`,
  );
}

/** A whole number from 1, or for a rate any number above 0. */
export function parseAmount(
  flag: string,
  text: string,
  options: { whole: boolean },
): number {
  const value = Number(text);
  const isFit = options.whole ? /^\d{1,9}$/.test(text) : Number.isFinite(value);
  if (text.trim() !== '' && isFit && value > 0) return value;
  throw new HomelabError(
    'wrong-usage',
    `${flag} "${text}" must be ${options.whole ? 'a whole number from 1' : 'a number above 0'}.`,
  );
}

/**
 * The dead-letter topic for a name: `homelab.energy.dlq`, `homelab.energy` or `energy`.
 * @throws HomelabError `wrong-usage` naming the existing ones
 */
export function parseTopic(name: string): string {
  const candidates = [
    name,
    deadLetterTopic(name),
    deadLetterTopic(`homelab.${name}`),
  ];
  const topic = deadLetterTopics.find(one => candidates.includes(one));
  if (topic !== undefined) return topic;
  throw new HomelabError(
    'wrong-usage',
    `"${name}" is no dead-letter topic; there are ${deadLetterTopics.join(', ')}.`,
  );
}

/**
 * Refuses options that select single letters, because Kafka can only delete from the front.
 * @throws HomelabError `wrong-usage`
 */
export function refuseFilter(options: LetterOptions): void {
  for (const [name, flag] of Object.entries(letterFlags)) {
    if (!Object.hasOwn(options, name)) continue;
    throw new HomelabError(
      'wrong-usage',
      `${flag.split(' ')[0]} cannot select what to purge: Kafka only deletes from the front of a topic. Choose where to stop with --before TIME, --through P:O or --all.`,
    );
  }
}
