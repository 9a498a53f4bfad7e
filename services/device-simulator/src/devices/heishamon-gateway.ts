import type { Presence } from '../mqtt-publisher.ts';
import type { HeishamonMessage, HeishamonValues } from './heishamon.ts';

/** A gateway that publishes a value when it changes, and remembers the last ones. */
export interface Gateway {
  /** The part of a message that the gateway publishes, or `undefined` for nothing. */
  changesIn(message: HeishamonMessage): HeishamonMessage | undefined;
}

const lwtName = 'LWT';

/** The MQTT topic and texts that tell whether the gateway is connected. */
export function heishamonPresence({ base }: { base: string }): Presence {
  return {
    mqttTopic: `${base}/${lwtName}`,
    online: 'Online',
    offline: 'Offline',
  };
}

/**
 * Creates a gateway that has published nothing yet. At every multiple of `allEveryMs` it
 * publishes all values, changed or not, and that it is online; at every multiple of
 * `meterEveryMs` the values of the meter on S0.
 */
export function createGateway(every: {
  allEveryMs: number;
  meterEveryMs: number;
}): Gateway {
  let last: HeishamonValues = {};
  return {
    changesIn(message) {
      const { payload, measuredAtMs } = message;
      const before = last;
      last = payload;
      if (measuredAtMs % every.allEveryMs === 0) {
        return { ...message, payload: { ...payload, [lwtName]: 'Online' } };
      }
      const meterIsDue = measuredAtMs % every.meterEveryMs === 0;
      const changed = Object.entries(payload).filter(
        ([name, text]) =>
          before[name] !== text || (meterIsDue && name.startsWith('s0/')),
      );
      return changed.length === 0
        ? undefined
        : { ...message, payload: Object.fromEntries(changed) };
    },
  };
}

/** Whether the gateway publishes a value as retained. */
export function isKept(name: string): boolean {
  return name !== lwtName;
}
