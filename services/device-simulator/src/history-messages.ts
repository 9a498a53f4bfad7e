import type { SimulatedMessage } from './devices/simulated-message.ts';
import { reducedPeriodMs } from './house-devices.ts';
import type { HouseDevices } from './house-devices.ts';
import type { Simulation } from './simulation.ts';

/**
 * The messages of the devices from one minute until another, oldest first and at reduced
 * density. Reads `untilMs` every minute, so that history can catch up with a moving
 * present. The time of the house is the time stamped on the messages.
 */
export function* historyMessages(
  house: { simulation: Simulation; devices: HouseDevices },
  fromMs: number,
  untilMs: () => number,
): Generator<SimulatedMessage, void, undefined> {
  const firstMs = Math.ceil(fromMs / reducedPeriodMs) * reducedPeriodMs;
  for (let stampMs = firstMs; stampMs < untilMs(); stampMs += reducedPeriodMs) {
    const state = house.simulation.advanceTo(stampMs);
    yield* house.devices.messagesAt(
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
