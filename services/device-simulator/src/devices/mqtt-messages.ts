import type { SimulatedMessage } from './simulated-message.ts';
import { isKept } from './heishamon-gateway.ts';

/** One message as it goes over MQTT. */
export interface MqttMessage {
  readonly mqttTopic: string;
  readonly text: string;
  readonly retain: boolean;
}

/** The MQTT messages of what a device says: one, or one for each value of a gateway. */
export function mqttMessagesOf(said: SimulatedMessage): MqttMessage[] {
  const { mqttTopic } = said;
  if (said.format === 'heishamon') {
    return Object.entries(said.payload).map(([name, text]) => ({
      mqttTopic: `${mqttTopic}/${name}`,
      text,
      retain: isKept(name),
    }));
  }
  return [{ mqttTopic, text: JSON.stringify(said.payload), retain: false }];
}
