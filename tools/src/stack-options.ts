import type { NativeTools } from './native/native-tools.ts';
import type { HomelabPorts } from './ports.ts';
import type { HomelabFolders } from './runner/process-spec.ts';
import type { Secrets } from './servers/index.ts';
import type { House, HouseHistory } from './simulated-house.ts';

/** The options of a stack. */
export interface StackOptions {
  folders: HomelabFolders;
  ports: HomelabPorts;
  tools: NativeTools;
  secrets: Secrets;
  /** The password of the household page, if this start has made one; it is shown once. */
  newHouseholdPassword?: string;
  /** Where MQTT listens besides loopback, so that real devices can reach it. */
  mqttListenAddress?: string;
  /** Left out: no simulated devices. */
  simulator?: HouseHistory & {
    house: House;
    /** History to publish first, like `7d`, unless `backfillMark` says that it is published. */
    backfill: string;
    /** Like `60`. */
    speed?: string;
  };
  /** Let settings of heat pumps be changed; without it nothing can write to a device. */
  heatPumpControl?: boolean;
  /** Restart services when their sources change. */
  watch?: boolean;
}
