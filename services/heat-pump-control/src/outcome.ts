import type { CommandRow } from './command-store.ts';

/** How a command can end. */
export const outcomes = [
  'confirmed',
  'contradicted',
  'timed_out',
  'expired',
  'failed',
] as const;

/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number];

/** How a command has ended that is not open any more; as the view of the commands says it. */
export function outcomeOf(command: CommandRow): Outcome {
  if (command.confirmed_at !== null) return 'confirmed';
  if (command.failed_at !== null) return 'failed';
  if (command.published_at === null) return 'expired';
  return command.reported_at === null ? 'timed_out' : 'contradicted';
}
