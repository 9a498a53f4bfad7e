/** The ports of our services: their labels, and their numbers before the offset of the checkout. */
export const servicePorts = {
  bridgeOps: { label: 'mqtt-kafka-bridge health', port: 9101 },
  sinkOps: { label: 'timescale-sink health', port: 9102 },
  simulatorOps: { label: 'device-simulator health', port: 9103 },
  apiOps: { label: 'homelab-api health', port: 9104 },
  controlOps: { label: 'heat-pump-control health', port: 9106 },
  api: { label: 'Homelab API', port: 7008 },
  live: { label: 'live readings', port: 7009 },
  webOps: { label: 'heatpump-web health', port: 9107 },
  web: { label: 'household page', port: 7010 },
  liveOps: { label: 'energy-websocket health', port: 9105 },
} as const;

/** The port of each service. */
export type ServicePorts = Record<keyof typeof servicePorts, number>;
