import { randomBytes } from 'node:crypto';
import type { Report } from '../native/cache.ts';
import type { ServicePorts } from '../service-ports.ts';
import type { HomelabFolders, ProcessSpec } from '../runner/process-spec.ts';

/** A port on loopback: its label, and its number before the offset of the checkout. */
export interface DefaultPort {
  label: string;
  port: number;
}

/** How a secret is created, and its valid format. */
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

/** What a server needs to become a process of a stack. */
export interface ServerDeps<
  Ports extends PortTable,
  Secrets extends SecretTable,
  Programs extends ProgramTable,
> {
  folders: HomelabFolders;
  /** Its own ports, and those of the services for a server that watches them. */
  ports: Record<keyof Ports, number> & ServicePorts;
  secrets: SecretValues<Secrets>;
  tools: Programs;
  /** Where MQTT listens besides loopback, so that real devices can reach it. */
  mqttListenAddress?: string;
}

/**
 * Everything about one server. Only the list in `index.ts` knows which servers exist. A server has no
 * top-level imports from `node_modules`: `doctor` and the download during the installation read the list
 * before there are any.
 */
export interface Server<
  Ports extends PortTable = PortTable,
  Secrets extends SecretTable = SecretTable,
  Programs extends ProgramTable = ProgramTable,
> {
  /** The name of each port, unique among all servers. */
  readonly ports: Ports;
  /** Its groups in `secrets.json`. */
  readonly secrets: Secrets;
  /** Its Debian packages, and their programs and folders of programs that must run from our private root. */
  readonly debian?: {
    readonly title: string;
    readonly packages: readonly string[];
    readonly programs: readonly string[];
  };
  /**
   * Fetches what is not from Debian, and names its programs; unique among all servers.
   * @returns absolute paths
   */
  install(sources: {
    /** Resolves when the root with the Debian packages of all servers exists. */
    debianRoot: Promise<string>;
    cacheDir: string;
    report: Report;
  }): Promise<Programs>;
  /** How it is configured, started, checked and stopped. */
  process(deps: ServerDeps<Ports, Secrets, Programs>): ProcessSpec;
  /** How the portal reaches it. */
  portalEnv?(
    deps: ServerDeps<Ports, Secrets, Programs>,
  ): Record<string, string>;
  /** How tests reach it. */
  testEnv?(deps: ServerDeps<Ports, Secrets, Programs>): Record<string, string>;
  /** Name and address, shown to the person who started the stack. */
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

/** A server that dies is restarted this often, with growing pauses. */
export const serverRestart = {
  limit: 5,
  minBackoffMs: 500,
  maxBackoffMs: 15_000,
} as const;
