import type { Letter } from './letter.ts';

/** Which letters are meant; what is absent selects all. */
export interface LetterFilter {
  readonly codes?: readonly string[];
  readonly stage?: string;
  /** The device, or the MQTT topic where the device is not known. */
  readonly key?: string;
  /** Failed at this time or later. */
  readonly sinceMs?: number;
  /** Failed before this time. */
  readonly untilMs?: number;
  /** The one letter at this place. */
  readonly at?: { readonly partition: number; readonly offset: string };
}

/** Tells whether a filter selects every letter. */
export function isEmptyFilter(filter: LetterFilter): boolean {
  return Object.values(filter).every(part => part === undefined);
}

/** Tells whether a filter selects a letter. */
export function matches(filter: LetterFilter, letter: Letter): boolean {
  const { codes, stage, key, sinceMs, untilMs, at } = filter;
  const { record } = letter;
  return (
    (codes === undefined || codes.includes(letter.code)) &&
    (stage === undefined || stage === letter.stage) &&
    (key === undefined || key === record.key?.toString('utf8')) &&
    (sinceMs === undefined || letter.failedAtMs >= sinceMs) &&
    (untilMs === undefined || letter.failedAtMs < untilMs) &&
    (at === undefined ||
      (at.partition === record.partition &&
        BigInt(at.offset) === BigInt(record.offset)))
  );
}
