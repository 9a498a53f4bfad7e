import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import type { AssemblerTotals } from './assembler.ts';

/** Adds the metrics of the state assembler; `totals` is read at each scrape. */
export function addAssemblerMetrics(
  registry: Registry,
  totals: () => AssemblerTotals,
): void {
  const metrics = createMetrics(registry, 'bridge');
  const count = (
    name: string,
    help: string,
    read: (now: AssemblerTotals) => number,
  ) => {
    let last = 0;
    metrics.counter({
      name,
      help,
      collect(counter) {
        const now = read(totals());
        counter.inc(now - last);
        last = now;
      },
    });
  };
  count(
    'observations_total',
    'Observations read from the states topic to make readings from them.',
    ({ observed }) => observed,
  );
  count(
    'observations_unreadable_total',
    'Records of the states topic that are not observations and were skipped.',
    ({ unreadable }) => unreadable,
  );
  count(
    'observations_outdated_total',
    'Observations older than the known value.',
    ({ outdated }) => outdated,
  );
  count(
    'state_fields_expired_total',
    'Values that outlived their lifetime and became null.',
    ({ expired }) => expired,
  );
  count(
    'state_devices_forgotten_total',
    'Devices evicted because all states together took too many bytes.',
    ({ forgotten }) => forgotten,
  );
  metrics.gauge({
    name: 'state_devices',
    help: 'Devices whose state this bridge keeps.',
    collect: gauge => gauge.set(totals().devices),
  });
  metrics.gauge({
    name: 'state_bytes',
    help: 'Estimated bytes of these states.',
    collect: gauge => gauge.set(totals().bytes),
  });
}
