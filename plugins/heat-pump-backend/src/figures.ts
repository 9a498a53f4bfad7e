import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  energyBucketsSchema,
  energyComparisonSchema,
  energyCostsSchema,
  energyPricesSchema,
  heatPumpDaysSchema,
  heatPumpRunsSchema,
  heatPumpSummarySchema,
} from '@homelab/homelab-api-client';
import type {
  ApiRange,
  HeatPumpRuns,
  HomelabApi,
} from '@homelab/homelab-api-client';
import { parseRequest } from '@homelab/portal-node';
import type { Request, Router } from 'express';
import type { z } from 'zod';
import {
  deviceParamsSchema,
  rangeQuerySchema,
  runsQuerySchema,
} from './requests';
import { asBackstageError } from './services/ApiHistorySource';

/** What the query of a figure may name. */
type FigureQuery = z.infer<typeof rangeQuerySchema> &
  Partial<Pick<z.infer<typeof runsQuerySchema>, 'kind'>>;

/** A route whose answer is one of the Homelab API, unchanged. */
export interface FigureRoute {
  /** In OpenAPI notation. */
  readonly path: string;
  readonly summary: string;
  readonly answer: z.ZodType;
  /** A range of time if absent. */
  readonly query?: z.ZodObject & z.ZodType<FigureQuery>;
  ask(
    api: HomelabApi,
    asked: {
      /** Empty for a figure of the whole house. */
      deviceId: string;
      range: ApiRange;
      kind: HeatPumpRuns['kind'] | undefined;
      signal: AbortSignal;
    },
  ): Promise<object>;
}

/** Figures of heat pumps and meters over hours, days and seasons. */
export const figureRoutes: readonly FigureRoute[] = [
  {
    path: '/heat-pumps/{deviceId}/summary',
    summary: 'COP now, today, over 30 days, the season and a year',
    answer: heatPumpSummarySchema,
    ask: (api, { deviceId, signal }) =>
      api.heatPumpSummary(deviceId, { signal }),
  },
  {
    path: '/heat-pumps/{deviceId}/runs',
    summary:
      'Runs of the compressor, or of what `kind` says; the last 24 hours by default',
    answer: heatPumpRunsSchema,
    query: runsQuerySchema,
    ask: (api, { deviceId, range, kind, signal }) =>
      api.heatPumpRuns(deviceId, { ...range, kind }, { signal }),
  },
  {
    path: '/heat-pumps/{deviceId}/daily',
    summary: 'Heat and electricity of each local day',
    answer: heatPumpDaysSchema,
    ask: (api, { deviceId, range, signal }) =>
      api.heatPumpDaily(deviceId, range, { signal }),
  },
  {
    path: '/meters/{deviceId}/daily',
    summary: 'Energy of each local day',
    answer: energyBucketsSchema,
    ask: (api, { deviceId, range, signal }) =>
      api.energyDaily({ ...range, deviceId }, { signal }),
  },
  {
    path: '/meters/{deviceId}/comparison',
    summary: 'Energy of today beside yesterday and days as cold',
    answer: energyComparisonSchema,
    ask: (api, { deviceId, signal }) =>
      api.energyComparison({ deviceId }, { signal }),
  },
  {
    path: '/meters/{deviceId}/cost',
    summary: 'Cost of the energy of each local day, today by default',
    answer: energyCostsSchema,
    ask: (api, { deviceId, range, signal }) =>
      api.energyCost({ ...range, deviceId }, { signal }),
  },
  {
    path: '/prices',
    summary: 'Prices of electricity by slot, from this hour on for 48 hours',
    answer: energyPricesSchema,
    ask: (api, { range, signal }) => api.energyPrices(range, { signal }),
  },
];

/** Whether the path of a figure names a device. */
export function isOfDevice({ path }: FigureRoute): boolean {
  return path.includes('{deviceId}');
}

/** Adds the routes; each asks the Homelab API once. */
export function addFigureRoutes(
  router: Router,
  deps: {
    api: HomelabApi;
    logger: LoggerService;
    requireRead(request: Request): Promise<unknown>;
  },
): void {
  for (const route of figureRoutes) {
    const { path, ask } = route;
    const schema: z.ZodType<FigureQuery> = route.query ?? rangeQuerySchema;
    const ofDevice = isOfDevice(route);
    router.get(
      path.replace('{deviceId}', ':deviceId'),
      async (request, response) => {
        await deps.requireRead(request);
        const { deviceId } = ofDevice
          ? parseRequest(deviceParamsSchema, request.params)
          : { deviceId: '' };
        const { from, to, kind } = parseRequest(schema, request.query);
        const left = new AbortController();
        response.once('close', () => left.abort());
        const range = {
          from: from === undefined ? undefined : new Date(from),
          to: to === undefined ? undefined : new Date(to),
        };
        const asked = { deviceId, range, kind, signal: left.signal };
        try {
          response.json(await ask(deps.api, asked));
        } catch (error) {
          // The page has gone: nobody hears an answer.
          if (left.signal.aborted) return;
          throw asBackstageError(error, deps.logger);
        }
      },
    );
  }
}
