import type {
  NumberSetting,
  SettingName,
  SettingValue,
  WordSetting,
} from '@homelab/telemetry';

/** An MQTT message that changes a register. Never published as retained. */
export interface WriteMessage {
  readonly mqttTopic: string;
  readonly payload: string;
}

/** Registers of a heat pump, by the names of its format. */
export type Registers = ReadonlyMap<string, number>;

/** What a device message says of the registers that hold settings. */
export interface RegisterReport {
  /** The id under which its readings are stored. */
  readonly deviceId: string;
  /** The MQTT topic that its own topics begin with. */
  readonly baseTopic: string;
  /** `null` when the device says that it does not know. */
  readonly registers: ReadonlyMap<string, number | null>;
}

/** How one format has a setting. */
export interface FormatSetting {
  /** What may be written: within the bounds of the registry. */
  readonly allowed: NumberSetting | WordSetting;
  /** The registers that hold it; the same ones are read back. */
  readonly registers: readonly string[];
  /** Its value; `null` when a register is unknown or has another meaning now. */
  valueOf(registers: Registers): SettingValue | null;
  /** The messages that set an allowed value, to be published in this order. */
  encode(value: SettingValue, baseTopic: string): readonly WriteMessage[];
}

/** A device format whose settings can be written. */
export interface SettingsFormat {
  /** As the dialect that reads its messages is called. */
  readonly name: string;
  /** MQTT topic filters of the messages that report the registers. */
  readonly reportFilters: readonly string[];
  /** MQTT topic filters of everything that `encode` gives. */
  readonly writeFilters: readonly string[];
  readonly settings: Readonly<Partial<Record<SettingName, FormatSetting>>>;
  /** Reads a message; undefined when it reports none of the registers. Never throws. */
  read(message: {
    readonly mqttTopic: string;
    readonly payload: string;
  }): RegisterReport | undefined;
}
