import { expect, test } from 'vitest';
import { heapGrowthBytes, routerIn } from '../test/bridge-fixtures.ts';

test.each(['homelab/energy/', 'nobody/reads/', 'zigbee2mqtt/'])(
  'a flood of ever new, long MQTT topics under %s stays within 8 MiB',
  prefix => {
    const router = routerIn();
    const grownBytes = heapGrowthBytes(() => {
      for (let device = 0; device < 4_000; device += 1) {
        // The longest topic that MQTT allows has 65,535 bytes.
        const name = Buffer.alloc(60_000, `device-${device}-`).toString();
        router(`${prefix}${name}`);
      }
    });
    expect(grownBytes).toBeLessThan(8 * 1024 * 1024);
  },
);
