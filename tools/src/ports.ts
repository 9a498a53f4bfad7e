/** Every port of one stack; all on the loopback address. */
export interface HomelabPorts {
  portal: number;
  /** The frontend's own server, in `dev` only. */
  portalDev: number;
  mqtt: number;
  kafka: number;
  kafkaController: number;
  postgres: number;
  bridgeOps: number;
  sinkOps: number;
  simulatorOps: number;
}

const defaultPorts: HomelabPorts = {
  portal: 7007,
  portalDev: 3000,
  mqtt: 1883,
  kafka: 9092,
  kafkaController: 9093,
  postgres: 5433,
  bridgeOps: 9101,
  sinkOps: 9102,
  simulatorOps: 9103,
};

/** The largest offset that keeps every port below 65536. */
export const largestPortOffset =
  65_535 - Math.max(...Object.values(defaultPorts));

/** The ports of a checkout: each default plus its offset, so that two checkouts can run side by side. */
export function portsAt(offset: number): HomelabPorts {
  return mapPorts(name => defaultPorts[name] + offset);
}

/**
 * Ports for a stack that lives beside others, as the tests' one does.
 * @param findFree gives another free port with each call
 */
export async function freePorts(
  findFree: () => Promise<number>,
): Promise<HomelabPorts> {
  const found = new Set<number>();
  while (found.size < Object.keys(defaultPorts).length)
    found.add(await findFree());
  const rest = [...found];
  return mapPorts(() => rest.pop() ?? 0);
}

function mapPorts(choose: (name: keyof HomelabPorts) => number): HomelabPorts {
  return {
    portal: choose('portal'),
    portalDev: choose('portalDev'),
    mqtt: choose('mqtt'),
    kafka: choose('kafka'),
    kafkaController: choose('kafkaController'),
    postgres: choose('postgres'),
    bridgeOps: choose('bridgeOps'),
    sinkOps: choose('sinkOps'),
    simulatorOps: choose('simulatorOps'),
  };
}
