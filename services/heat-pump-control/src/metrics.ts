import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { outcomes } from './outcome.ts';

/** Every metric of the service, each at zero from the start. */
export type ControlMetrics = ReturnType<typeof createControlMetrics>;

/** Creates the metrics in a registry; `formats` are the names of all device formats. */
export function createControlMetrics(
  registry: Registry,
  options: { formats: readonly string[] },
) {
  const control = createMetrics(registry, 'control');
  return {
    commands: control.counter({
      name: 'commands_total',
      help: 'Commands that ended while this process watched them.',
      labels: { outcome: outcomes },
    }),
    confirmSeconds: control.histogram({
      name: 'confirm_seconds',
      help: 'Time from publishing a setting to reading it back.',
      buckets: [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300],
    }),
    reports: control.counter({
      name: 'reports_total',
      help: 'Messages that reported a setting.',
      labels: { format: options.formats },
    }),
    openCommands: control.gauge({
      name: 'open_commands',
      help: 'Commands that wait to be published or confirmed.',
    }),
    devices: control.gauge({
      name: 'devices',
      help: 'Heat pumps whose settings are known.',
    }),
  };
}
