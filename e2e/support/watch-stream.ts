import type { TestScope } from '@homelab/test-kit';
import { z } from 'zod';
import { portalUnderTest } from './portal-under-test.ts';

const signInSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const eventSchema = z.object({
  deviceReading: z.object({
    deviceId: z.string(),
    reading: z.object({ supply_temp: z.number().nullish() }),
  }),
});

/**
 * Follows the portal's stream of events as a page does. Resolves once it is open, with when each
 * supply temperature of a heat pump came, in milliseconds since 1970.
 */
export async function watchStream(
  scope: TestScope,
  deviceId: string,
): Promise<ReadonlyMap<number, number>> {
  const { url } = portalUnderTest();
  const signIn = await fetch(`${url}/api/auth/guest/refresh`);
  const { backstageIdentity } = signInSchema.parse(await signIn.json());
  const over = new AbortController();
  const response = await fetch(`${url}/api/heat-pump/live`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
    signal: over.signal,
  });
  const { body } = response;
  if (!response.ok || body === null)
    throw new Error(`The portal answered ${response.status}.`);
  const cameMs = new Map<number, number>();
  const take = (event: string) => {
    if (!event.startsWith('event: reading')) return;
    const data = event.slice(event.indexOf('data: ') + 'data: '.length);
    const { deviceReading } = eventSchema.parse(JSON.parse(data));
    const { supply_temp: supplyC } = deviceReading.reading;
    if (deviceReading.deviceId !== deviceId || typeof supplyC !== 'number')
      return;
    if (!cameMs.has(supplyC)) cameMs.set(supplyC, Date.now());
  };
  const read = async () => {
    let pending = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const events = `${pending}${chunk}`.split('\n\n');
      pending = events.pop() ?? '';
      events.forEach(take);
    }
  };
  const reading = read().catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  scope.onTestFinished(async () => {
    over.abort();
    await reading;
  });
  return cameMs;
}
