import type { Severity } from '@homelab/plugin-consumer-lag-common';
import { firstAlertState, nextAlert } from './nextAlert';

const hysteresis = { holdPolls: 3, recoverPolls: 4 };

/** The announcement of each poll. */
function told(seen: readonly Severity[]): (Severity | null)[] {
  let state = firstAlertState;
  return seen.map(severity => {
    const next = nextAlert(state, severity, hysteresis);
    state = next.state;
    return next.tell;
  });
}

describe('nextAlert', () => {
  it('announces lasting trouble once', () => {
    expect(told(['act', 'act', 'act', 'act', 'act'])).toEqual([
      null,
      null,
      'act',
      null,
      null,
    ]);
  });

  it('does not announce flickering', () => {
    const flicker: Severity[] = [
      'act',
      'act',
      'ok',
      'act',
      'act',
      'ok',
      'watch',
      'ok',
    ];
    expect(told(flicker).filter(Boolean)).toEqual([]);
  });

  it('announces recovery after a longer time', () => {
    const seen: Severity[] = [...Array(3).fill('act'), ...Array(4).fill('ok')];
    expect(told(seen)).toEqual([null, null, 'act', null, null, null, 'ok']);
  });

  it('ignores unknown', () => {
    expect(told(['act', 'unknown', 'act', 'unknown', 'act'])).toEqual([
      null,
      null,
      null,
      null,
      'act',
    ]);
  });

  it('announces trouble of varying severity', () => {
    const seen: Severity[] = ['act', 'watch', 'act', 'watch', 'act', 'act'];
    expect(told(seen)).toEqual([null, null, 'watch', null, null, null]);
  });

  it('announces recovery in steps', () => {
    const seen: Severity[] = [
      ...Array(3).fill('act'),
      'ok',
      'watch',
      'ok',
      'watch',
    ];
    expect(told(seen).at(-1)).toBe('watch');
  });

  it('announces that trouble grew worse', () => {
    const seen: Severity[] = [
      ...Array(3).fill('watch'),
      ...Array(3).fill('act'),
    ];
    expect(told(seen)).toEqual([null, null, 'watch', null, null, 'act']);
  });
});
