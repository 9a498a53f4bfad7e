import type { Command } from '@homelab/homelab-api-client';
import type { Tone } from '@homelab/portal-react/ui';
import HourglassIcon from '@mui/icons-material/HourglassEmptyOutlined';
import type { ElementType } from 'react';

/** How the state of a command looks and reads. */
export const commandLooks: Record<
  Command['state'],
  { tone: Tone; word: string; icon?: ElementType }
> = {
  accepted: { tone: 'unknown', word: 'Sending', icon: HourglassIcon },
  published: {
    tone: 'unknown',
    word: 'Waiting for the heat pump',
    icon: HourglassIcon,
  },
  confirmed: { tone: 'ok', word: 'Confirmed' },
  contradicted: { tone: 'act', word: 'Not taken' },
  timed_out: { tone: 'watch', word: 'Not confirmed' },
  expired: { tone: 'watch', word: 'Not sent' },
  failed: { tone: 'act', word: 'Refused' },
};

/** Whether a command still waits: to be sent, or for the heat pump. */
export function isOpen(state: Command['state']): boolean {
  return state === 'accepted' || state === 'published';
}
