import { refusalOf } from '@homelab/heat-pump-settings';
import type { SettingsFormat } from '@homelab/heat-pump-settings';
import type { Logger } from '@homelab/service-kit';
import { isSettingName } from '@homelab/telemetry';
import type { CommandRow, CommandStore, SettingRow } from './command-store.ts';
import type { DeviceRegisters, SettingReading } from './device-registers.ts';
import type { ControlMetrics } from './metrics.ts';
import type { MqttLink, ReceivedMessage } from './mqtt-link.ts';
import { outcomeOf } from './outcome.ts';

/** Publishes commands and watches what becomes of them. */
export interface Control {
  /** Takes a message of the broker; returns whether a command may have to do with it. */
  take(message: ReceivedMessage): boolean;
  /** One round: publishes what is new, notes what was reported. Rejects without the database. */
  round(): Promise<void>;
}

/** An unchanged setting is noted anew this often, so that its age stays true. */
const noteEveryMs = 30_000;

/** Creates the control over a store, a link and a memory of registers. */
export function createControl(deps: {
  formats: readonly SettingsFormat[];
  registers: DeviceRegisters;
  store: CommandStore;
  link: Pick<MqttLink, 'isReady' | 'publish'>;
  confirmTimeoutMs: number;
  metrics: ControlMetrics;
  logger: Logger;
  now?: () => number;
}): Control {
  const { formats, registers, store, link, metrics, logger } = deps;
  const { now = Date.now } = deps;
  /** When this process had the answer of the broker, by command. */
  const sentMs = new Map<string, number>();
  /** Commands that were open in the last round. */
  let watched: ReadonlySet<string> = new Set();
  const unsaved = new Map<string, SettingRow>();
  const saved = new Map<string, SettingRow>();

  function note(deviceId: string, name: string, format: SettingsFormat): void {
    if (!isSettingName(name)) return;
    const reading = registers.device(deviceId)?.setting(name);
    if (reading === undefined || reading.isRetained) return;
    const key = `${name} ${deviceId}`;
    const last = saved.get(key);
    const isFresh =
      last?.value === reading.value &&
      reading.atMs - last.readAtMs < noteEveryMs;
    if (isFresh) return;
    unsaved.set(key, {
      deviceId,
      setting: name,
      value: reading.value,
      readAtMs: reading.atMs,
      format: format.name,
    });
  }

  async function saveSettings(): Promise<void> {
    const rows = new Map(unsaved);
    await store.saveSettings([...rows.values()]);
    for (const [key, row] of rows) {
      saved.set(key, row);
      if (unsaved.get(key) === row) unsaved.delete(key);
    }
  }

  async function publish(command: CommandRow): Promise<void> {
    const device = registers.device(command.device_id);
    // It may report before the command expires.
    if (device === undefined || !link.isReady()) return;
    const name = command.setting;
    const setting = isSettingName(name)
      ? device.format.settings[name]
      : undefined;
    if (setting === undefined) {
      await store.fail(
        command.id,
        `Devices of the format ${device.format.name} have no setting ${name}.`,
      );
      return;
    }
    const refusal = refusalOf(setting.allowed, command.to_value);
    if (refusal !== undefined) {
      await store.fail(command.id, refusal);
      return;
    }
    const written = setting.encode(command.to_value, device.baseTopic);
    const { confirmTimeoutMs } = deps;
    const claim = { confirmTimeoutMs, written };
    if (!(await store.claim(command.id, claim))) return;
    for (const message of written) {
      const result = await link.publish(message, command.expires_in_ms);
      if (result.kind === 'taken') continue;
      logger.warn(
        { event: 'publish-failed', command: command.id, ...result },
        'a setting was perhaps not published',
      );
      // Whatever the broker may have, it is not sent again: what the device reports decides.
      if (result.kind === 'unknown') break;
      await store.fail(
        command.id,
        `The MQTT broker refused the message (${result.detail}).`,
      );
      return;
    }
    sentMs.set(command.id, now());
    logger.info(
      {
        event: 'setting-published',
        command: command.id,
        device: command.device_id,
        setting: name,
      },
      'setting published',
    );
  }

  function readBack(command: CommandRow): SettingReading | undefined {
    const { device_id: deviceId, setting, published_at: published } = command;
    if (!isSettingName(setting) || published === null) return undefined;
    const reading = registers.device(deviceId)?.setting(setting);
    const sinceMs = sentMs.get(command.id) ?? published.getTime();
    return reading !== undefined && reading.atMs >= sinceMs
      ? reading
      : undefined;
  }

  async function compare(command: CommandRow): Promise<void> {
    const reading = readBack(command);
    if (reading === undefined) return;
    if (reading.value === command.to_value) {
      await store.confirm(command.id, reading.value);
      return;
    }
    // A retained message may be older than the command: it can confirm, but not contradict.
    if (reading.isRetained || command.reported_value === reading.value) return;
    await store.report(command.id, reading.value);
  }

  async function countEnded(open: readonly CommandRow[]): Promise<void> {
    const ids = new Set(open.map(({ id }) => id));
    const ended = [...watched].filter(id => !ids.has(id));
    if (ended.length > 0) {
      for (const command of await store.find(ended)) tellEnd(command);
      for (const id of ended) sentMs.delete(id);
    }
    watched = ids;
  }

  function tellEnd(command: CommandRow): void {
    const { id, device_id: device, setting } = command;
    const { published_at: published, confirmed_at: confirmed } = command;
    const outcome = outcomeOf(command);
    metrics.commands.inc({ outcome });
    if (published !== null && confirmed !== null)
      metrics.confirmSeconds.observe(
        (confirmed.getTime() - published.getTime()) / 1_000,
      );
    logger.info(
      { event: 'command-ended', command: id, device, setting, outcome },
      'command ended',
    );
  }

  return {
    take(message) {
      for (const format of formats) {
        const report = format.read(message);
        if (report === undefined) continue;
        metrics.reports.inc({ format: format.name });
        const arrived = { atMs: now(), isRetained: message.isRetained };
        const names = registers.take(format, report, arrived);
        for (const name of names) note(report.deviceId, name, format);
        metrics.devices.set(registers.size);
        return watched.size > 0;
      }
      return false;
    },
    async round() {
      await saveSettings();
      const open = await store.open();
      await countEnded(open);
      metrics.openCommands.set(open.length);
      for (const command of open)
        await (command.published_at === null
          ? publish(command)
          : compare(command));
    },
  };
}
