import { setTimeout as delay } from 'node:timers/promises';
import { canonicalMqttTopic } from '@homelab/telemetry';
import { uniqueName } from '@homelab/test-kit';
import { watchPaints } from '../support/measure-change.ts';
import { startMeterLoad } from '../support/meter-load.ts';
import { heatPumpPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { watchStream } from '../support/watch-stream.ts';

const perSecond = 1_000;
/** The load has just begun while these are sent; they are not counted. */
const warmUpChanges = 20;
/** Enough that p99 is not the worst of them. */
const changes = warmUpChanges + 200;
const changeMs = 100;

/** Rises from change to change, so that a later one is known from an earlier one. */
const supplyOf = (change: number) => Math.round(300 + change) / 10;

const shownIn = (text: string) => Number(/\d+\.\d/.exec(text)?.[0] ?? NaN);

test(
  'at 1,000 messages a second every change of the heat pump is painted',
  { tag: '@alone' },
  async ({ page, device, scope }) => {
    const deviceId = uniqueName('pump');
    const publishSupply = (supplyC: number) =>
      device.publishAsync(
        canonicalMqttTopic('heatpump', deviceId),
        JSON.stringify({
          timestamp: new Date().toISOString(),
          device_id: deviceId,
          ...{ mode: 'heating', supply_temp: supplyC },
        }),
        { qos: 1 },
      );
    const { open, supply } = heatPumpPage(page);
    await publishSupply(20.1);
    await open(deviceId);
    await expect(supply).toContainText('20.1');
    const painted = await watchPaints(supply);
    const cameMs = await watchStream(scope, deviceId);

    const endLoad = await startMeterLoad(scope, perSecond);
    const sentMs = new Map<number, number>();
    for (let change = 0; change < changes; change += 1) {
      await delay(changeMs);
      const supplyC = supplyOf(change);
      if (change >= warmUpChanges) sentMs.set(supplyC, Date.now());
      await publishSupply(supplyC);
    }
    const last = supplyOf(changes - 1);
    await expect(supply).toContainText(last.toFixed(1));
    const rate = await endLoad();

    const came = [...cameMs];
    // Watching stops with the frame after the last change.
    await expect
      .poll(async () =>
        (await painted()).some(([text]) => shownIn(text) >= last),
      )
      .toBe(true);
    const paints = await painted();
    // On a busy machine a change may be joined with the next one, which then shows both.
    const painting = [...sentMs].map(([supplyC, atMs]) => {
      const paint = paints.find(([text]) => shownIn(text) >= supplyC);
      return paint === undefined ? Infinity : paint[1] - atMs;
    });
    const streaming = [...sentMs].map(([supplyC, atMs]) => {
      const told = came.find(([other]) => other >= supplyC);
      return told === undefined ? Infinity : told[1] - atMs;
    });
    expect(Math.max(...painting)).toBeLessThan(Infinity);
    // Reported, not asserted: the speed depends on the machine.
    const description = `publish to painted change at ${Math.round(rate)} messages/s: ${inWords(painting)}; of this until the portal's stream: ${inWords(streaming)}`;
    test.info().annotations.push({ type: 'latency', description });
    // eslint-disable-next-line no-console -- for the person who runs the tests
    console.log(description);
  },
);

function inWords(tookMs: readonly number[]): string {
  const sorted = [...tookMs].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
