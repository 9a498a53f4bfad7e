import { kafkaTopics, recordHeaders, schemaVersion } from '@homelab/telemetry';
import type { OutgoingRecord } from '@homelab/kafka';
import type { Dialect, SettingsValues } from '../dialects/define-dialect.ts';
import { finishReading } from '../finish-reading.ts';
import type { TickState } from './device-states.ts';

/** Makes the reading of a state; `undefined` when it has no measurement. Never throws. */
export type AssembleReading = (state: TickState) => OutgoingRecord | undefined;

/** Creates the function that turns states into readings by their dialects. */
export function createAssembleReading(deps: {
  readonly dialects: readonly Dialect[];
  readonly settings: SettingsValues;
  readonly onOutOfRange: (dialect: string, count: number) => void;
  /** A dialect threw or made an invalid reading, which is a defect of ours. */
  readonly onDefect: (dialect: string, defect: unknown) => void;
}): AssembleReading {
  const byName = new Map(deps.dialects.map(each => [each.name, each]));

  function assemble(state: TickState): OutgoingRecord | undefined {
    const { stream, deviceId, atMs } = state;
    const dialect = byName.get(state.dialect);
    // Written by a version with other dialects.
    if (dialect?.delivery !== 'states') return undefined;
    const fields = dialect.readingOf(state.fields, deps.settings);
    const finished = finishReading({ stream, deviceId, fields }, atMs);
    if (finished.kind === 'ignored') return undefined;
    if (finished.kind === 'rejected') {
      if (finished.code !== 'no_measurement')
        deps.onDefect(dialect.name, new Error(finished.message));
      return undefined;
    }
    if (finished.outOfRangeCount > 0)
      deps.onOutOfRange(dialect.name, finished.outOfRangeCount);
    return {
      topic: kafkaTopics[stream],
      key: deviceId,
      value: finished.json,
      headers: {
        [recordHeaders.receivedAt]: new Date(state.receivedAtMs).toISOString(),
        [recordHeaders.schemaVersion]: schemaVersion,
      },
    };
  }

  return state => {
    try {
      return assemble(state);
    } catch (defect) {
      // One device must never stop all others, whatever the defect is.
      deps.onDefect(state.dialect, defect);
      return undefined;
    }
  };
}
