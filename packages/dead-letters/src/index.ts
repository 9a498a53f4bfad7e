export { decodeValue } from './decode-value.ts';
export type { DecodedValue } from './decode-value.ts';
export { isExactNumber, parseExactJson } from './exact-json.ts';
export { commonLetterFormat } from './letter-format.ts';
export type { LetterFormat } from './letter-format.ts';
export { parseLetter, unknownCode } from './letter.ts';
export type { Letter } from './letter.ts';
export type { LetterFilter, LetterPlace } from './letter-filter.ts';
export { emptyLedger, followLedger, readLedger } from './ledger.ts';
export type { Ledger, LedgerEntry, LedgerFollower } from './ledger.ts';
export { listLetters } from './list-letters.ts';
export type { LetterPage, ListOptions } from './list-letters.ts';
export { planPurge, purge } from './purge.ts';
export type { PurgeCut, PurgePlan } from './purge.ts';
export type { RecordReader } from './read-places.ts';
export { targetOf } from './redrive-places.ts';
export type { RedrivePlaces } from './redrive-places.ts';
export { redrive } from './redrive.ts';
export type {
  RedriveOptions,
  RedriveOutcome,
  RedriveProgress,
} from './redrive.ts';
export { summariseLetters } from './summarise-letters.ts';
export type {
  CodeCount,
  LetterSummary,
  SummaryOptions,
} from './summarise-letters.ts';
