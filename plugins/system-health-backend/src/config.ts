import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** How a target is probed. */
export type Probe =
  { kind: 'http'; url: string } | { kind: 'tcp'; host: string; port: number };

/** A configured target. */
export interface Target {
  name: string;
  title: string;
  /** As `kind:namespace/name`. */
  entityRef?: string;
  probe: Probe;
  intervalMs: number;
  timeoutMs: number;
}

const isTrue = (text: string) => text === 'true';
const durationMs = z.coerce.number().int().min(100).max(3_600_000);

const tcpAddress = z
  .string()
  .regex(/^[^\s:]+:\d{1,5}$/)
  .refine(address => portOf(address) >= 1 && portOf(address) <= 65_535);

const defaultsSchema = z.object({
  intervalMs: durationMs.default(5000),
  timeoutMs: durationMs.default(2000),
});

const rawTargetSchema = z
  .object({
    name: z.string().min(1).optional(),
    entityRef: z.string().min(1).optional(),
    title: z.string().min(1).optional(),
    probe: z.union([
      z.strictObject({ http: z.url({ protocol: /^https?$/ }) }),
      z.strictObject({ tcp: tcpAddress }),
    ]),
    // Environment variables arrive as text.
    enabled: z
      .union([z.boolean(), z.enum(['true', 'false']).transform(isTrue)])
      .default(true),
    intervalMs: durationMs.optional(),
    timeoutMs: durationMs.optional(),
  })
  .refine(target => target.name ?? target.entityRef);

type RawTarget = z.infer<typeof rawTargetSchema>;

const rules =
  'needs `name` or `entityRef`, and a `probe` with exactly one of `http` (an http or https URL) and `tcp` (`host:port`); `enabled` is true or false; intervals and timeouts are whole milliseconds from 100 to 3600000';

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

function parseProbe(raw: RawTarget['probe']): Probe {
  if ('http' in raw) return { kind: 'http', url: raw.http };
  return {
    kind: 'tcp',
    host: raw.tcp.slice(0, raw.tcp.lastIndexOf(':')),
    port: portOf(raw.tcp),
  };
}

function parseTarget(
  value: unknown,
  index: number,
  defaults: { intervalMs: number; timeoutMs: number },
): Target | undefined {
  const parsed = rawTargetSchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(`systemHealth.targets[${index}] ${rules}.`);
  }
  const raw = parsed.data;
  if (!raw.enabled) return undefined;
  const entity = raw.entityRef
    ? parseEntityRef(raw.entityRef, { defaultKind: 'Component' })
    : undefined;
  // The schema requires one of the two.
  const name = raw.name ?? entity?.name ?? '';
  return {
    name,
    title: raw.title ?? name,
    ...(entity && { entityRef: stringifyEntityRef(entity) }),
    probe: parseProbe(raw.probe),
    intervalMs: raw.intervalMs ?? defaults.intervalMs,
    timeoutMs: raw.timeoutMs ?? defaults.timeoutMs,
  };
}

function readDefaults(section: Config | undefined) {
  const parsed = defaultsSchema.safeParse({
    intervalMs: section?.getOptional('intervalMs'),
    timeoutMs: section?.getOptional('timeoutMs'),
  });
  if (parsed.success) return parsed.data;
  throw new InputError(
    'systemHealth.intervalMs and systemHealth.timeoutMs must be whole milliseconds from 100 to 3600000.',
  );
}

/**
 * Reads `systemHealth` from the configuration.
 *
 * @returns the enabled targets in configured order; empty if nothing is configured
 * @throws InputError naming the first problem, or the duplicate name
 */
export function readTargets(config: Config): Target[] {
  const section = config.getOptionalConfig('systemHealth');
  const defaults = readDefaults(section);
  const list = z
    .array(z.unknown())
    .safeParse(section?.getOptional('targets') ?? []);
  if (!list.success)
    throw new InputError('systemHealth.targets must be a list.');
  const targets = list.data
    .map((value, index) => parseTarget(value, index, defaults))
    .filter(target => target !== undefined);
  const seen = new Set<string>();
  for (const { name } of targets) {
    if (seen.has(name)) {
      throw new InputError(
        `systemHealth.targets names '${name}' twice; give one of them another \`name\`.`,
      );
    }
    seen.add(name);
  }
  return targets;
}
