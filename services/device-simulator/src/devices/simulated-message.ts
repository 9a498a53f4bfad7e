import type { HeishamonMessage } from './heishamon.ts';
import type { SaveEyeMessage } from './saveeye.ts';
import type { ShellyHtMessage } from './shelly-ht.ts';
import type { ThermiqMessage } from './thermiq.ts';
import type { Zigbee2MqttMessage } from './zigbee2mqtt.ts';

/** A message of any device of the house. */
export type SimulatedMessage =
  | HeishamonMessage
  | ThermiqMessage
  | SaveEyeMessage
  | ShellyHtMessage
  | Zigbee2MqttMessage;
