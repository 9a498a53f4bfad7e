/** The health ports of our services: how people call them, and their numbers before the offset of the checkout. */
export const servicePorts = {
  bridgeOps: { label: 'mqtt-kafka-bridge health', port: 9101 },
  sinkOps: { label: 'timescale-sink health', port: 9102 },
  simulatorOps: { label: 'device-simulator health', port: 9103 },
} as const;

/** Where each service answers for its health and metrics. */
export type ServicePorts = Record<keyof typeof servicePorts, number>;
