/** Clients of the MQTT broker; each has its own password and rights. */
export const mqttUsers = ['bridge', 'simulator', 'devices', 'monitor'] as const;
/** One of {@link mqttUsers}. */
export type MqttUser = (typeof mqttUsers)[number];

/** How one of our services reaches the broker. */
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

/** Where the broker is. */
export function mqttUrl(ports: { mqtt: number }): string {
  return `mqtt://127.0.0.1:${ports.mqtt}`;
}
