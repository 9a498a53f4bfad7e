/** Clients of the MQTT broker; each has its own password and rights. */
export const mqttUsers = [
  'bridge',
  'simulator',
  'devices',
  'control',
  'monitor',
] as const;
/** One of {@link mqttUsers}. */
export type MqttUser = (typeof mqttUsers)[number];

/** The environment of a service that connects to the broker. */
export function mqttEnv(
  stack: {
    ports: { mqtt: number };
    secrets: { mqtt: Record<MqttUser, string> };
  },
  user: MqttUser,
): Record<string, string> {
  return {
    MQTT_URL: mqttUrl(stack.ports),
    MQTT_USERNAME: user,
    MQTT_PASSWORD: stack.secrets.mqtt[user],
  };
}

/** The URL of the broker. */
export function mqttUrl(ports: { mqtt: number }): string {
  return `mqtt://127.0.0.1:${ports.mqtt}`;
}
