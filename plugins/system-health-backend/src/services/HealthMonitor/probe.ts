import { connect } from 'node:net';
import type {
  DependencyHealth,
  HealthState,
} from '@homelab/plugin-system-health-common';
import { z } from 'zod';
import type { Probe } from '../../config';

/** The result of one probe. */
export interface ProbeResult {
  state: Exclude<HealthState, 'unknown'>;
  detail: string | null;
  dependencies: DependencyHealth[];
  /** True if the target answered, whatever the answer. */
  answered: boolean;
}

/** Probes a target once. Never rejects: a failure is a result. */
export type ProbeTarget = (
  probe: Probe,
  signal: AbortSignal,
) => Promise<ProbeResult>;

/** The largest readiness body that is read, in bytes. */
const maxBodyBytes = 64 * 1024;
const maxDependencies = 50;

const readinessSchema = z.object({
  dependencies: z.record(
    z.string(),
    z.object({ ok: z.boolean(), detail: z.string().optional() }),
  ),
});

function down(detail: string): ProbeResult {
  return { state: 'down', detail, dependencies: [], answered: false };
}

const errorWords: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be resolved at the moment',
  EHOSTUNREACH: 'its host is unreachable',
  ENETUNREACH: 'its network is unreachable',
  ETIMEDOUT: 'no answer in time',
};

const failureSchema = z.object({
  code: z.string().optional(),
  cause: z.unknown().optional(),
  // If a name has several addresses, Node wraps one error per address.
  errors: z.array(z.unknown()).optional(),
});

/** The reason for a failed connection, from the error code of its causes. */
function describeError(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time';
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return 'the connection failed';
  const { code, cause, errors } = parsed.data;
  const words = code && errorWords[code];
  return words || describeError(errors?.[0] ?? cause, signal);
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!response.body) return '';
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseDependencies(text: string): DependencyHealth[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const parsed = readinessSchema.safeParse(value);
  if (!parsed.success) return [];
  return Object.entries(parsed.data.dependencies)
    .slice(0, maxDependencies)
    .map(([name, dependency]) => ({ name, ...dependency }));
}

async function probeHttp(
  url: string,
  signal: AbortSignal,
): Promise<ProbeResult> {
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      headers: { accept: 'application/json' },
    });
    const dependencies = parseDependencies(await readText(response));
    const detail =
      response.ok || dependencies.some(({ ok }) => !ok)
        ? null
        : `it answered HTTP ${response.status}`;
    return {
      state: response.ok ? 'ok' : 'not-ready',
      detail,
      dependencies,
      answered: true,
    };
  } catch (error) {
    return down(describeError(error, signal));
  }
}

function probeTcp(
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<ProbeResult> {
  return new Promise(resolve => {
    const socket = connect({ host, port, signal });
    socket.once('connect', () => {
      socket.destroy();
      resolve({ state: 'ok', detail: null, dependencies: [], answered: true });
    });
    socket.once('error', error => resolve(down(describeError(error, signal))));
  });
}

/** Probes a target over HTTP or TCP. */
export const probeTarget: ProbeTarget = (probe, signal) =>
  probe.kind === 'http'
    ? probeHttp(probe.url, signal)
    : probeTcp(probe, signal);
