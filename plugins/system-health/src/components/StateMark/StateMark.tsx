import { stateWords } from '@homelab/plugin-system-health-common';
import type { HealthState } from '@homelab/plugin-system-health-common';
import { StatusIcon, StatusMark } from '@homelab/portal-react';
import type { Tone } from '@homelab/portal-react';

const tones: Record<HealthState, Tone> = {
  ok: 'ok',
  'not-ready': 'watch',
  down: 'act',
  unknown: 'unknown',
};

/** The icon of a state, without text. Stale data is shown in grey with a clock. */
export function StateIcon(props: {
  state: HealthState;
  stale?: boolean;
  sizePx?: number;
}) {
  const { state, ...look } = props;
  return <StatusIcon tone={tones[state]} {...look} />;
}

/** A state as icon and text. */
export function StateMark(props: { state: HealthState; stale?: boolean }) {
  const { state, stale } = props;
  return (
    <StatusMark tone={tones[state]} word={stateWords[state]} stale={stale} />
  );
}
