import { servers, type ServerPort } from './servers/index.ts';
import type { DefaultPort, Server } from './servers/server.ts';
import { servicePorts, type ServicePorts } from './service-ports.ts';

const portalPorts = {
  portal: { label: 'portal', port: 7007 },
  /** The frontend's own server, in `dev` only. */
  portalDev: { label: 'portal frontend', port: 3000 },
} as const;

/** Every port of one stack; all on the loopback address. */
export type HomelabPorts = Record<
  keyof typeof portalPorts | ServerPort,
  number
> &
  ServicePorts;

function defaultPorts(list: readonly Server[]): Record<string, DefaultPort> {
  return Object.assign(
    {},
    portalPorts,
    ...list.map(server => server.ports),
    servicePorts,
  );
}

/** The largest offset that keeps every port below 65536. */
export const largestPortOffset =
  65_535 -
  Math.max(...Object.values(defaultPorts(servers)).map(({ port }) => port));

/** The ports of a checkout: each default plus its offset, so that two checkouts can run side by side. */
export function portsAt(
  offset: number,
  list: readonly Server[] = servers,
): HomelabPorts {
  return choosePorts(list, ({ port }) => port + offset);
}

/**
 * Ports for a stack that runs beside others, such as that of the tests.
 * @param findFree gives another free port with each call
 */
export async function freePorts(
  findFree: () => Promise<number>,
  list: readonly Server[] = servers,
): Promise<HomelabPorts> {
  const found = new Set<number>();
  while (found.size < Object.keys(defaultPorts(list)).length)
    found.add(await findFree());
  const rest = [...found];
  return choosePorts(list, () => rest.pop() ?? 0);
}

/** The ports of a stack with their labels. */
export function labelPorts(
  ports: Partial<HomelabPorts>,
  list: readonly Server[] = servers,
): DefaultPort[] {
  const numbers: Record<string, number> = ports;
  return Object.entries(defaultPorts(list)).flatMap(([name, { label }]) => {
    const port = numbers[name];
    return port === undefined ? [] : [{ label, port }];
  });
}

function choosePorts(
  list: readonly Server[],
  choose: (one: DefaultPort) => number,
): HomelabPorts {
  const chosen = Object.entries(defaultPorts(list)).map(([name, one]) => [
    name,
    choose(one),
  ]);
  // The type is derived from the same list, so the names match.
  return Object.fromEntries(chosen) as HomelabPorts;
}
