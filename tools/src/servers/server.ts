import { randomBytes } from 'node:crypto';
import type { Report } from '../native/cache.ts';
import type { ServicePorts } from '../service-ports.ts';
import type { HomelabFolders, ProcessSpec } from '../runner/process-spec.ts';

/** A port on loopback: how people call it, and its number before the offset of the checkout. */
export interface DefaultPort {
  label: string;
  port: number;
}

/** How one secret is made, and what it must look like to be used. */
export interface SecretKind {
  create(): string;
  isUsable(value: string): boolean;
}

/** 192 random bits, safe in a URL and in a configuration file. */
export const password: SecretKind = {
  create: () => randomBytes(24).toString('base64url'),
  isUsable: value => value.length >= 16,
};

/** A token of the Homelab API, in the form that its package makes; that one is not imported here. */
export const apiToken: SecretKind = {
  create: () => `homelab_${randomBytes(32).toString('base64url')}`,
  isUsable: value => /^homelab_[\w-]{43}$/.test(value),
};

type PortTable = Readonly<Record<string, DefaultPort>>;
/** Groups of named secrets, as `secrets.json` holds them. */
type SecretTable = Readonly<
  Record<string, Readonly<Record<string, SecretKind>>>
>;
type ProgramTable = Readonly<Record<string, string>>;

/** The values of the secrets of a table. */
export type SecretValues<Secrets extends SecretTable> = {
  [Group in keyof Secrets]: Record<keyof Secrets[Group], string>;
};

/** What turns the recipe of a server into a process of one stack. */
export interface ServerDeps<
  Ports extends PortTable,
  Secrets extends SecretTable,
  Programs extends ProgramTable,
> {
  folders: HomelabFolders;
  /** Its own, and those of the services for a server that watches them. */
  ports: Record<keyof Ports, number> & ServicePorts;
  secrets: SecretValues<Secrets>;
  tools: Programs;
  /** Where MQTT listens beside loopback, so that real devices reach it. */
  mqttListenAddress?: string;
}

/**
 * Everything about one server. The list in `index.ts` is all that knows which servers there are.
 * A server imports no package of `node_modules` at its top: `doctor` and the download beside the
 * installation read the list before there are any.
 */
export interface Server<
  Ports extends PortTable = PortTable,
  Secrets extends SecretTable = SecretTable,
  Programs extends ProgramTable = ProgramTable,
> {
  /** By what name each port is known to the others; unique among all servers. */
  readonly ports: Ports;
  /** The groups that it owns in `secrets.json`. */
  readonly secrets: Secrets;
  /** Its Debian packages, and the programs and folders of programs in them that must run from our private root. */
  readonly debian?: {
    readonly title: string;
    readonly packages: readonly string[];
    readonly programs: readonly string[];
  };
  /**
   * Fetches what does not come from Debian, and names its programs; unique among all servers.
   * @returns absolute paths
   */
  install(sources: {
    /** Resolves when the root with the Debian packages of all servers is there. */
    debianRoot: Promise<string>;
    cacheDir: string;
    report: Report;
  }): Promise<Programs>;
  /** How it is configured, started, known to be ready and stopped. */
  process(deps: ServerDeps<Ports, Secrets, Programs>): ProcessSpec;
  /** How the portal reaches it. */
  portalEnv?(
    deps: ServerDeps<Ports, Secrets, Programs>,
  ): Record<string, string>;
  /** How tests reach it. */
  testEnv?(deps: ServerDeps<Ports, Secrets, Programs>): Record<string, string>;
  /** Name and address, for the person who started the stack. */
  addresses?(
    deps: ServerDeps<Ports, Secrets, Programs>,
  ): readonly (readonly [name: string, address: string])[];
}

/** A server with the types of its ports, secrets and programs. */
export function defineServer<
  const Ports extends PortTable,
  const Secrets extends SecretTable,
  Programs extends ProgramTable,
>(server: Server<Ports, Secrets, Programs>): Server<Ports, Secrets, Programs> {
  return server;
}

/** A server that dies is started again this often, soon and then slower. */
export const serverRestart = {
  limit: 5,
  minBackoffMs: 500,
  maxBackoffMs: 15_000,
} as const;
