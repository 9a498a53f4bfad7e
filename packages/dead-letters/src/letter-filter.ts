import type { ReadRecord } from '@homelab/kafka';
import type { Letter } from './letter.ts';

/** The position of a letter in its dead-letter topic. */
export type LetterPlace = Pick<ReadRecord, 'partition' | 'offset'>;

/** Selects letters; an absent field matches all. */
export interface LetterFilter {
  readonly codes?: readonly string[];
  readonly stage?: string;
  /** The key as text. */
  readonly key?: string;
  /** Failed at this time or later. */
  readonly sinceMs?: number;
  /** Failed before this time. */
  readonly untilMs?: number;
  /** The letters at these places. */
  readonly at?: readonly LetterPlace[];
}

const nameOf = ({ partition, offset }: LetterPlace) =>
  `${partition}:${BigInt(offset)}`;

/** Returns a predicate for the letters that match a filter. */
export function createMatcher(
  filter: LetterFilter,
): (letter: Letter) => boolean {
  const { codes, stage, key, sinceMs, untilMs, at } = filter;
  const places = at && new Set(at.map(nameOf));
  return letter =>
    (codes === undefined || codes.includes(letter.code)) &&
    (stage === undefined || stage === letter.stage) &&
    (key === undefined || key === letter.record.key?.toString('utf8')) &&
    (sinceMs === undefined || letter.failedAtMs >= sinceMs) &&
    (untilMs === undefined || letter.failedAtMs < untilMs) &&
    (places === undefined || places.has(nameOf(letter.record)));
}
