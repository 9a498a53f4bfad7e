import type { NativeTools } from './native/native-tools.ts';
import type { Secrets } from './native/secrets.ts';
import type { HomelabPorts } from './ports.ts';
import type { HomelabFolders } from './runner/process-spec.ts';

/** What one stack is made from. */
export interface StackOptions {
  folders: HomelabFolders;
  ports: HomelabPorts;
  tools: NativeTools;
  secrets: Secrets;
  /** Where MQTT listens beside loopback, so that real devices reach it. */
  mqttListenAddress?: string;
  /** Left out: no simulated devices. `backfill` like `7d`, `speed` like `60`. */
  simulator?: { backfill?: string; speed?: string };
  /** Restart services when their sources change. */
  watch?: boolean;
}
