import { createRegistry } from '@homelab/service-kit';
import { deadLetterCodes, topicDefinitions } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { dialectNames } from './dialects/index.ts';
import { createBridgeMetrics } from './metrics.ts';
import { ignoredReasons } from './observation.ts';

test('every series exists from the start, at 0', async () => {
  const registry = createRegistry('bridge');
  createBridgeMetrics(registry, () => ({
    connected: true,
    intakePaused: false,
    pendingCount: 7,
    pendingBytes: 900,
    oldestReceivedAtMs: 1_768_199_470_000,
  }));
  const text = await registry.metrics();
  for (const code of deadLetterCodes) {
    expect(text).toContain(`homelab_bridge_rejected_total{reason="${code}"} 0`);
  }
  for (const reason of ignoredReasons) {
    expect(text).toContain(
      `homelab_bridge_ignored_total{reason="${reason}"} 0`,
    );
  }
  for (const format of [...dialectNames, 'unknown']) {
    expect(text).toContain(
      `homelab_bridge_received_total{format="${format}"} 0`,
    );
  }
  for (const { name, kind } of topicDefinitions) {
    if (!['stream', 'dead-letter', 'state'].includes(kind)) continue;
    expect(text).toContain(`homelab_bridge_produced_total{topic="${name}"} 0`);
  }
  expect(text).toContain(
    'homelab_bridge_last_message_timestamp_seconds{stream="heatpump"} 0',
  );
  expect(text).toContain('homelab_bridge_produce_seconds_count 0');
  expect(text).toContain('homelab_bridge_mqtt_connected 1');
  expect(text).toContain('homelab_bridge_in_flight 7');
  expect(text).toContain(
    'homelab_bridge_oldest_in_flight_timestamp_seconds 1768199470',
  );
});
