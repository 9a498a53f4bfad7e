import type { SimulatedMessage } from './simulated-message.ts';
import { isKept } from './heishamon-gateway.ts';

/** One message as it goes over MQTT. */
export interface MqttMessage {
  readonly mqttTopic: string;
  readonly text: string;
  readonly retain: boolean;
}

/** The MQTT messages of a device message: one, or one for each value of a gateway. */
export function mqttMessagesOf(message: SimulatedMessage): MqttMessage[] {
  const { mqttTopic } = message;
  if (message.format === 'heishamon') {
    return Object.entries(message.payload).map(([name, text]) => ({
      mqttTopic: `${mqttTopic}/${name}`,
      text,
      retain: isKept(name),
    }));
  }
  return [{ mqttTopic, text: JSON.stringify(message.payload), retain: false }];
}
