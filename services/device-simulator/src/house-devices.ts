import { climateOf } from './devices/climate.ts';
import type { Climate, Room } from './devices/climate.ts';
import type { SimulatedMessage } from './devices/simulated-message.ts';
import { reportsNow } from './devices/report-on-change.ts';
import type { Reported, ReportRule } from './devices/report-on-change.ts';
import { saveEyeMessage } from './devices/saveeye.ts';
import {
  createGateway,
  heishamonPresence,
} from './devices/heishamon-gateway.ts';
import { heishamonMessage } from './devices/heishamon.ts';
import { shellyHtMessage } from './devices/shelly-ht.ts';
import { thermiqMessage } from './devices/thermiq.ts';
import { writeFilters } from './devices/written-settings.ts';
import { zigbee2MqttMessage } from './devices/zigbee2mqtt.ts';
import type { HouseKind } from './house-model/house-kinds.ts';
import type { HouseState } from './house-model/house.ts';
import { between } from './house-model/random.ts';
import type { Random } from './house-model/random.ts';
import { dayMs, hourMs, minuteMs, secondMs } from './house-model/units.ts';
import type { Presence } from './mqtt-publisher.ts';
import type { SiteTime } from './site-time.ts';

/** A moment: the state of the house, and the time that devices stamp on their messages. */
interface Moment {
  /** The house at the first step at or after `houseMs`. */
  state: HouseState;
  houseMs: number;
  stampMs: number;
}

/** The devices of the house. They remember only what they last reported. */
export interface HouseDevices {
  /** The messages of a moment whose stamp is a multiple of {@link shortestPeriodMs}. */
  messagesAt(
    moment: Moment,
    options?: { density?: 'full' | 'reduced' },
  ): SimulatedMessage[];
  /** The last message of each device that reports only changes. */
  lastReports(): SimulatedMessage[];
}

/** Device times are multiples of it; it is the period of the meter, the most frequent. */
export const shortestPeriodMs = 10 * secondMs;

/** The shortest period at reduced density; stamps are multiples of it. */
export const reducedPeriodMs = minuteMs;

/** After this long every battery sensor has been forced to report, whatever came before. */
export const warmUpMs = 3 * hourMs;

const heatPumpPeriodMs = 30 * secondMs;
const thermiq = { node: 'thermiq_heatpump', clientName: 'ThermIQ_home' };
const heishamon = { base: 'panasonic_heat_pump' };
const gatewayRepeats = { allEveryMs: 5 * minuteMs, meterEveryMs: minuteMs };
const meter = { serial: 'HOME0001' };

interface Sensor {
  room: Room;
  rule: ReportRule;
  messageOf(climate: Climate, at: SensorMoment): SimulatedMessage;
}

interface SensorMoment {
  measuredAtMs: number;
  rssi: number;
  linkQuality: number;
  batteryPct: number;
}

const zigbeeRule: ReportRule = {
  temperatureStepK: 0.2,
  humidityStepPct: 2,
  minIntervalMs: 3 * minuteMs,
  forcedEveryMs: hourMs,
  forcedShiftMs: 0,
};
const shellyRule: ReportRule = {
  temperatureStepK: 0.5,
  humidityStepPct: 5,
  minIntervalMs: minuteMs,
  forcedEveryMs: 2 * hourMs,
  forcedShiftMs: 0,
};

const sensors: readonly Sensor[] = [
  {
    room: { name: 'bedroom', offsetK: -1.7, steamShare: 0.04 },
    rule: { ...shellyRule, forcedShiftMs: 23 * minuteMs },
    messageOf: (climate, at) =>
      shellyHtMessage(climate, at, {
        id: 'shellyhtg3-5ecda1000001',
        mqttTopicPrefix: 'bedroom',
      }),
  },
  {
    room: { name: 'living_room', offsetK: 0.1, steamShare: 0.03 },
    rule: { ...zigbeeRule, forcedShiftMs: 7 * minuteMs },
    messageOf: (climate, at) =>
      zigbee2MqttMessage(climate, at, { friendlyName: 'living_room' }),
  },
  {
    room: { name: 'bathroom', offsetK: 1.1, steamShare: 1 },
    rule: { ...zigbeeRule, forcedShiftMs: 41 * minuteMs },
    messageOf: (climate, at) =>
      zigbee2MqttMessage(climate, at, { friendlyName: 'bathroom' }),
  },
];

/** The MQTT topics on which the heat pump of a house takes settings. */
export function writeFiltersOf(house: HouseKind): readonly string[] {
  return writeFilters(house, { ...thermiq, ...heishamon });
}

/** The presence that the connection of a house publishes, if it has one. */
export function presenceOf(house: HouseKind): Presence | undefined {
  return house === 'air' ? heishamonPresence(heishamon) : undefined;
}

/** Creates the devices of the house; their messages follow from seed and time. */
export function createHouseDevices(deps: {
  random: Random;
  site: SiteTime;
}): HouseDevices {
  const { random, site } = deps;
  const lastReports = new Map<
    Sensor,
    { reported: Reported; message: SimulatedMessage }
  >();
  const gateway = createGateway(gatewayRepeats);

  function sensorMessages({ state, stampMs }: Moment): SimulatedMessage[] {
    // Battery sensors measure once a minute.
    if (stampMs % minuteMs !== 0) return [];
    const messages: SimulatedMessage[] = [];
    for (const sensor of sensors) {
      const climate = climateOf(state, sensor.room, random);
      const last = lastReports.get(sensor)?.reported;
      if (!reportsNow(sensor.rule, last, climate, stampMs)) continue;
      const at = sensorMoment(random, sensor, stampMs);
      const message = sensor.messageOf(climate, at);
      lastReports.set(sensor, {
        reported: { ...climate, atMs: stampMs },
        message,
      });
      messages.push(message);
    }
    return messages;
  }

  return {
    messagesAt(moment, { density = 'full' } = {}) {
      const { state, stampMs, houseMs } = moment;
      const shortestMs =
        density === 'full' ? shortestPeriodMs : reducedPeriodMs;
      const due = (periodMs: number) =>
        stampMs % Math.max(periodMs, shortestMs) === 0;
      const messages: SimulatedMessage[] = [];
      const { source } = state.heatPump;
      if (source.kind === 'ground' && due(heatPumpPeriodMs)) {
        const rssi = signal(random, 'heat-pump', stampMs);
        const at = { measuredAtMs: stampMs, rssi, site };
        messages.push(thermiqMessage(state, source, at, thermiq));
      }
      if (source.kind === 'air' && due(shortestPeriodMs)) {
        const at = { measuredAtMs: stampMs };
        const all = heishamonMessage(state, source, at, heishamon);
        const message = density === 'full' ? gateway.changesIn(all) : all;
        if (message !== undefined) messages.push(message);
      }
      if (due(shortestPeriodMs)) {
        const rssi = signal(random, 'meter', stampMs);
        messages.push(
          saveEyeMessage(
            state,
            { measuredAtMs: stampMs, houseMs, rssi },
            meter,
          ),
        );
      }
      return [...messages, ...sensorMessages(moment)];
    },
    lastReports: () => [...lastReports.values()].map(({ message }) => message),
  };
}

function sensorMoment(
  random: Random,
  sensor: Sensor,
  stampMs: number,
): SensorMoment {
  const { name } = sensor.room;
  return {
    measuredAtMs: stampMs,
    rssi: signal(random, name, stampMs),
    linkQuality: Math.round(
      between(random, `link-${name}`, stampMs / minuteMs, [96, 152]),
    ),
    // A set of batteries lasts two years, and is changed before it is empty.
    batteryPct: 100 - Math.floor((stampMs / dayMs / 8) % 90),
  };
}

function signal(random: Random, name: string, stampMs: number): number {
  return Math.round(
    between(random, `rssi-${name}`, stampMs / shortestPeriodMs, [-66, -54]),
  );
}
