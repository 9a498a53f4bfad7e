import { topicDefinitions } from '@homelab/telemetry';
import type { ServiceProcess } from './service-process.ts';

const streamTopics = topicDefinitions.filter(({ kind }) => kind === 'stream');
const letterTopics = topicDefinitions.filter(
  ({ kind }) => kind === 'dead-letter',
);

/** A bridge's metrics, summed over labels. */
export interface BridgeSums {
  readonly received: number;
  readonly rejected: number;
  readonly ignored: number;
  /** Records that Kafka acknowledged, of readings and of dead letters. */
  readonly readings: number;
  readonly letters: number;
}

/** Reads the sums of a bridge that ran for the whole scenario. */
export async function bridgeSums(bridge: ServiceProcess): Promise<BridgeSums> {
  const produced = async (topics: readonly { name: string }[]) => {
    let sum = 0;
    for (const { name: topic } of topics)
      sum += await bridge.metric('homelab_bridge_produced_total', { topic });
    return sum;
  };
  return {
    received: await bridge.metric('homelab_bridge_received_total'),
    rejected: await bridge.metric('homelab_bridge_rejected_total'),
    ignored: await bridge.metric('homelab_bridge_ignored_total'),
    readings: await produced(streamTopics),
    letters: await produced(letterTopics),
  };
}

/** A sink's metrics, summed over streams. */
export interface SinkSums {
  readonly consumed: number;
  readonly written: number;
  readonly duplicates: number;
  readonly merged: number;
  readonly deadLettered: number;
}

/** Reads the sums of a sink that ran for the whole scenario. */
export async function sinkSums(sink: ServiceProcess): Promise<SinkSums> {
  const sum = (name: string) => sink.metric(`homelab_sink_${name}_total`);
  return {
    consumed: await sum('consumed'),
    written: await sum('written'),
    duplicates: await sum('duplicates'),
    merged: await sum('merged'),
    deadLettered: await sum('dead_lettered'),
  };
}
