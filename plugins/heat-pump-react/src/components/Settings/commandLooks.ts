import type { Command } from '@homelab/homelab-api-client';
import type { Tone } from '@homelab/portal-react/ui';

/** How the state of a command looks and reads. */
export const commandLooks: Record<
  Command['state'],
  { tone: Tone; word: string }
> = {
  accepted: { tone: 'unknown', word: 'Sending' },
  published: { tone: 'unknown', word: 'Waiting for the heat pump' },
  confirmed: { tone: 'ok', word: 'Confirmed' },
  contradicted: { tone: 'act', word: 'Not taken' },
  timed_out: { tone: 'watch', word: 'Not confirmed' },
  expired: { tone: 'watch', word: 'Not sent' },
  failed: { tone: 'act', word: 'Refused' },
};
