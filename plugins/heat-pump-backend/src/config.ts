import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { envField } from '@homelab/service-kit';
import { configFields } from '@homelab/portal-node';
import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { z } from 'zod';

const text = z.string().trim().min(1);
const wholeNumber = (min: number, max: number) =>
  z.coerce.number().int().min(min).max(max);
const staleSeconds = wholeNumber(1, 7 * 24 * 3600).optional();

const timeZoneSchema = text.pipe(envField.timeZone());

const heatPumpConfigSchema = z.object({
  api: z.object({
    baseUrl: text.pipe(envField.url({ protocols: ['http:', 'https:'] })),
    token: text,
  }),
  siteTimeZone: timeZoneSchema.default(
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  ),
  staleAfterSeconds: z
    .object({
      energy: staleSeconds,
      heatpump: staleSeconds,
      temperature: staleSeconds,
    } satisfies Record<Stream, unknown>)
    .default({}),
  house: z.object({ meterDeviceId: text.optional() }).default({}),
  settings: z
    .object({ enabled: configFields.flag.default(false) })
    .prefault({}),
  live: z
    .object({
      url: text
        .pipe(envField.url({ protocols: ['ws:', 'wss:'] }))
        .default('ws://127.0.0.1:7009/api/v1/live'),
      maxClients: wholeNumber(1, 10_000).default(100),
    })
    .prefault({}),
});

/** The `heatPump` section of the configuration, parsed. */
export type HeatPumpConfig = z.infer<typeof heatPumpConfigSchema>;

/**
 * Reads the `heatPump` section.
 *
 * @throws InputError that names every invalid key, but never a value.
 */
export function readHeatPumpConfig(
  rootConfig: RootConfigService,
): HeatPumpConfig {
  const result = heatPumpConfigSchema.safeParse(
    rootConfig.getOptional('heatPump') ?? {},
  );
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    issue => `heatPump.${issue.path.join('.')}: ${issue.message}`,
  );
  throw new InputError(
    `The configuration of the heat pump plugin has invalid keys. Fix them in app-config: ${problems.join('; ')}`,
  );
}

/** The configured freshness limits in milliseconds, for streams that have one. */
export function staleAfterMsOf(
  config: HeatPumpConfig,
): Partial<Record<Stream, number>> {
  const limits: Partial<Record<Stream, number>> = {};
  for (const stream of streams) {
    const seconds = config.staleAfterSeconds[stream];
    if (seconds !== undefined) limits[stream] = seconds * 1000;
  }
  return limits;
}
