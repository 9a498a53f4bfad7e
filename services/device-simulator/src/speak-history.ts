import type { SimulatedMessage } from './devices/simulated-message.ts';
import { reducedPeriodMs } from './house-devices.ts';
import type { HouseDevices } from './house-devices.ts';
import type { Simulation } from './simulation.ts';

/**
 * What the devices say from one minute until another, oldest first and at reduced
 * density. `untilMs` is asked anew each minute, so that history can run up to a present
 * that moves on. The house's time is the time on the stamps.
 */
export function* speakHistory(
  house: { simulation: Simulation; devices: HouseDevices },
  fromMs: number,
  untilMs: () => number,
): Generator<SimulatedMessage, void, undefined> {
  const firstMs = Math.ceil(fromMs / reducedPeriodMs) * reducedPeriodMs;
  for (let stampMs = firstMs; stampMs < untilMs(); stampMs += reducedPeriodMs) {
    const state = house.simulation.advanceTo(stampMs);
    yield* house.devices.speakAt(
      { state, stampMs, houseMs: stampMs },
      { density: 'reduced' },
    );
  }
}

/** The messages of the heat pump among others. */
export function* onlyHeatPump(
  messages: Iterable<SimulatedMessage>,
): Generator<SimulatedMessage, void, undefined> {
  for (const message of messages) {
    const { format } = message;
    if (format === 'thermiq' || format === 'heishamon') yield message;
  }
}
