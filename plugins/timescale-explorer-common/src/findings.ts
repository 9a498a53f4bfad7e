import { severities } from '@homelab/portal-common';
import type { OverallSentence } from '@homelab/portal-common';
import { z } from 'zod';

/** What may be wrong, the heaviest first: findings of equal severity have this order. */
export const findingKinds = [
  'job-failed',
  'disk-full-soon',
  'refresh-wider-than-retention',
  'connections-near-limit',
  'job-never-succeeded',
  'job-overdue',
  'aggregate-stale',
  'uncompressed-beyond-policy',
  'long-transaction',
  'policy-missing',
  'chunk-too-big',
  'chunk-too-small',
  'unique-key-missing',
  'segmentby-unset',
  'dead-rows',
  'index-missing',
  'index-unused',
  'version-behind',
  'check-failed',
] as const;

/** One thing that is wrong, with what shows it and what mends it. */
export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  severity: z.enum(severities),
  /** What it is about, such as `public.readings`; null for the whole database. */
  object: z.string().nullable(),
  /** One sentence: what is wrong. */
  title: z.string(),
  /** What follows if nothing is done. */
  consequence: z.string(),
  /** Numbers and texts that show it. */
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Statements that mend it, for whoever owns the table; null where SQL cannot. */
  sql: z.string().nullable(),
});

/** Something that was not judged, and why. */
export const notJudgedSchema = z.object({
  what: z.string(),
  reason: z.string(),
});

export type FindingKind = (typeof findingKinds)[number];
export type Finding = z.infer<typeof findingSchema>;
export type NotJudged = z.infer<typeof notJudgedSchema>;

/** Sorts findings by severity, then by the weight of their kind, then by name. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind) ||
    (a.object ?? '').localeCompare(b.object ?? '')
  );
}

/** The health of a database in one sentence, from its findings in order of weight. */
export function summarizeFindings(
  findings: readonly Finding[],
): OverallSentence {
  const [first, ...rest] = findings;
  if (first === undefined)
    return { severity: 'ok', text: 'The storage is healthy' };
  const more =
    rest.length === 0
      ? ''
      : `, and ${rest.length} more ${rest.length === 1 ? 'finding' : 'findings'}`;
  return { severity: first.severity, text: `${first.title}${more}` };
}
