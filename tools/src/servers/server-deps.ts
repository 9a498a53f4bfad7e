import type { NativeTools } from '../native/native-tools.ts';
import type { Secrets } from '../native/secrets.ts';
import type { HomelabFolders } from '../runner/process-spec.ts';

/** The loopback ports of the three servers. */
export interface ServerPorts {
  mqtt: number;
  kafka: number;
  kafkaController: number;
  postgres: number;
}

/** What turns a server's recipe into a process of one checkout. */
export interface ServerDeps {
  tools: NativeTools;
  folders: HomelabFolders;
  ports: ServerPorts;
  secrets: Secrets;
  settings?: {
    /** Where Mosquitto listens for devices; by default only on loopback. */
    mqttListenAddress?: string;
  };
}

/** A server that dies is started again this often, soon and then slower. */
export const serverRestart = {
  limit: 5,
  minBackoffMs: 500,
  maxBackoffMs: 15_000,
} as const;
