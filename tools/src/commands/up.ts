import { type Command, Option } from 'commander';
import { rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { relative } from 'node:path';
import { checkoutFolders, checkoutRoot } from '../folders.ts';
import { HomelabError, messageOf } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import { measureLatencyMs } from '../measure-latency.ts';
import { chooseFolders } from '../native/server-user.ts';
import { largestPortOffset, portsAt } from '../ports.ts';
import { createTerminalFormat, isAccessLog } from '../runner/terminal-lines.ts';
import { servers } from '../servers/index.ts';
import { mqttUrl } from '../servers/mosquitto/users.ts';
import type { Server } from '../servers/server.ts';
import { readSettings, writeSettings } from '../settings.ts';
import { requireReadablePortalConfig } from '../portal-config.ts';
import { type RunningStack, startStack } from '../stack-run.ts';
import {
  type House,
  houseFor,
  houses,
  rememberHouse,
} from '../simulated-house.ts';
import { householdPageUrl } from '../stack-household-page.ts';
import type { StackOptions } from '../stack-options.ts';
import { portalUrl } from '../stack-portal.ts';
import { devProcesses, stackProcesses } from '../stack.ts';
import {
  isDetached,
  readSecondsSinceCommand,
  startDetached,
  tellStarted,
} from './detached.ts';

/** The options of `up` and `dev`. */
export interface UpOptions {
  detach?: boolean;
  portOffset?: number;
  simulator: boolean;
  house?: House;
  backfill?: string;
  speed?: string;
  listen?: string;
}

export function addUp(program: Command): void {
  stackOptions(
    program
      .command('up')
      .description('start everything; Ctrl-C stops it')
      .option('-d, --detach', 'return once it is running; "down" stops it'),
  ).action(async (options: UpOptions) => {
    if (options.detach) await startDetached();
    else await runInForeground('up', options);
  });
}

/** The options that `up` and `dev` share. */
export function stackOptions(command: Command): Command {
  return command
    .option(
      '--port-offset <n>',
      'add n to every port; remembered for this checkout',
      parseOffset,
    )
    .option('--no-simulator', 'start no simulated devices')
    .addOption(
      new Option(
        '--house <kind>',
        'simulate a heat pump on outdoor air or on a borehole, remembered with the data (default: air)',
      ).choices(houses),
    )
    .option(
      '--backfill <span>',
      'simulate this much history, like 7d (default: 7d at the first start of each house)',
      parseSpan,
    )
    .option('--speed <n>', 'run the simulation n times faster', parseSpeed)
    .option(
      '--listen <address>',
      'also listen for MQTT devices on this address, like 0.0.0.0',
      parseAddress,
    );
}

/**
 * Whether settings of heat pumps may be changed: `HEAT_PUMP_CONTROL` is true.
 * @throws HomelabError `wrong-usage` when it is neither true nor false
 */
export function isHeatPumpControlOn({
  HEAT_PUMP_CONTROL: value = 'false',
}: NodeJS.ProcessEnv): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new HomelabError(
    'wrong-usage',
    'HEAT_PUMP_CONTROL must be true or false: true lets settings of heat pumps be changed.',
  );
}

/** Runs the stack until it is asked to stop or an essential process cannot be kept up. */
export async function runInForeground(
  mode: 'up' | 'dev',
  options: UpOptions,
): Promise<void> {
  const settings = readSettings(checkoutRoot);
  const portOffset = options.portOffset ?? settings.portOffset;
  requireReadablePortalConfig(checkoutRoot);
  const { folders, notice } = await chooseFolders(checkoutFolders());
  if (notice) say(notice);
  const interruption = listenForInterruption(() =>
    say('Stopping. Press Ctrl-C again to kill everything at once.'),
  );
  const simulator = options.simulator
    ? {
        house: houseFor(folders.data, options.house),
        backfill: options.backfill ?? '7d',
        speed: options.speed,
      }
    : undefined;
  const heatPumpControl = isHeatPumpControlOn(process.env);
  const detached = isDetached();
  let started = false;
  const processes = mode === 'up' ? stackProcesses : devProcesses;
  const stack = await startStack({
    folders,
    ports: portsAt(portOffset),
    portOffset,
    processes: prepared => {
      const given = {
        ...prepared,
        mqttListenAddress: options.listen,
        heatPumpControl,
      };
      if (!simulator) return processes(given);
      const history = rememberHouse(folders.data, simulator.house);
      // `--backfill` asks for history even when some was published before.
      if (options.backfill) rmSync(history.backfillMark, { force: true });
      return processes({ ...given, simulator: { ...simulator, ...history } });
    },
    report: say,
    output: specs => {
      const format = createTerminalFormat({
        names: specs.map(spec => spec.name),
        colour: process.stdout.isTTY && process.env.NO_COLOR === undefined,
      });
      return line => {
        // In the background the log files of the processes suffice; this one would only grow.
        const hidden = (detached && started) || isAccessLog(line.text);
        if (line.event || !hidden) say(format(line));
      };
    },
    stopSignal: interruption.stop,
    killSignal: interruption.kill,
  });
  try {
    if (settings.portOffset !== portOffset)
      writeSettings(checkoutRoot, { ...settings, portOffset });
    say(describeStack(mode, stack));
    started = true;
    const latency = tellLatency(stack, interruption.stop);
    // Shown by --detach too, but it does not wait for long.
    if (detached) await latency;
    tellStarted();
    await untilStopped(stack, interruption.stop);
  } finally {
    await stack.stop();
    interruption.close();
  }
  say('Stopped.');
}

/** The simulated meter publishes every 10 seconds. */
const latencyTimeoutMs = 15_000;

/** Reports how long a device's message takes to reach the portal, once one has arrived. */
async function tellLatency(
  stack: RunningStack,
  stop: AbortSignal,
): Promise<void> {
  const { ports, secrets } = stack.options;
  try {
    const latencyMs = await measureLatencyMs({
      mqttUrl: mqttUrl(ports),
      mqttPassword: secrets.mqtt.monitor,
      portalUrl: portalUrl(stack.options),
      signal: AbortSignal.any([stop, AbortSignal.timeout(latencyTimeoutMs)]),
    });
    say(
      `A device's message reached the portal's live stream in ${latencyMs.toFixed(0)} ms.`,
    );
  } catch (error) {
    if (stop.aborted) return;
    say(
      `The time that messages take to the portal is unknown: ${describeSilence(error)}.`,
    );
  }
}

function describeSilence(error: unknown): string {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return isTimeout
    ? `no device published within ${latencyTimeoutMs / 1000} s`
    : messageOf(error);
}

async function untilStopped(
  stack: RunningStack,
  stop: AbortSignal,
): Promise<void> {
  const stopped = new Promise<undefined>(resolve => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const failure = await Promise.race([stack.failed, stopped]);
  if (failure) throw failure;
}

function describeStack(mode: 'up' | 'dev', stack: RunningStack): string {
  const { folders, ports } = stack.options;
  const { processes, memoryKib } = stack.measure();
  const secondsToStart = readSecondsSinceCommand().toFixed(1);
  const open =
    mode === 'up'
      ? portalUrl(stack.options)
      : `http://localhost:${ports.portalDev}  (backend: ${portalUrl(stack.options)})`;
  const missing = stack.missing();
  const logs = relative(checkoutRoot, folders.logs);
  const secrets = relative(checkoutRoot, folders.secrets);
  return [
    '',
    `Homelab runs: ready after ${secondsToStart} s, ${processes} processes, ${(memoryKib / 1024 ** 2).toFixed(2)} GB of memory.`,
    ...(missing.length > 0
      ? [
          `Not running: ${missing.join(', ')}. The lines above say why; "./homelab status" shows when it does.`,
        ]
      : []),
    '',
    `  Portal      ${open}`,
    ...describeHouseholdPage(stack.options),
    `  API         http://127.0.0.1:${ports.api}/docs  (./homelab token create NAME)`,
    ...servers
      .flatMap((server: Server) => server.addresses?.(stack.options) ?? [])
      .map(([name, address]) => `  ${name.padEnd(10)}  ${address}`),
    `  Passwords   ${secrets}/secrets.json`,
    `  Logs        ${logs}/  (./homelab logs NAME)`,
    '',
  ].join('\n');
}

function describeHouseholdPage(options: StackOptions): string[] {
  const { newHouseholdPassword: password } = options;
  const address = `  Household   ${householdPageUrl(options)}`;
  return password === undefined
    ? [`${address}  (./homelab password sets a new password)`]
    : [
        address,
        `              password: ${password}`,
        '              shown only now; ./homelab password sets another one',
      ];
}

function parseOffset(value: string): number {
  const offset = Number(value);
  if (/^\d+$/.test(value) && offset <= largestPortOffset) return offset;
  throw wrongValue(
    '--port-offset',
    value,
    `a whole number from 0 to ${largestPortOffset}`,
  );
}

function parseSpan(value: string): string {
  if (/^\d+[mhd]$/.test(value)) return value;
  throw wrongValue('--backfill', value, 'a span like 7d, 12h or 30m');
}

function parseSpeed(value: string): string {
  if (/^\d+(\.\d+)?$/.test(value) && Number(value) > 0) return value;
  throw wrongValue('--speed', value, 'a number above 0');
}

function parseAddress(value: string): string {
  if (isIP(value) !== 0) return value;
  throw wrongValue(
    '--listen',
    value,
    'an IP address of this machine, or 0.0.0.0 for all of them',
  );
}

function wrongValue(flag: string, value: string, wanted: string): HomelabError {
  return new HomelabError(
    'wrong-usage',
    `${flag} cannot be "${value}": give ${wanted}.`,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
