import type { Components } from '@homelab/openapi';
import type { ApiRoute } from '../http/define-route.ts';
import { commandComponents, commandRoutes } from './commands.ts';
import { comparisonComponents, comparisonRoutes } from './comparison.ts';
import { costComponents, costRoutes } from './cost.ts';
import { deviceComponents, deviceRoutes } from './devices.ts';
import { energyComponents, energyRoutes } from './energy.ts';
import { exportRoutes } from './export.ts';
import {
  heatPumpDailyComponents,
  heatPumpDailyRoutes,
} from './heat-pump-daily.ts';
import {
  heatPumpSummaryComponents,
  heatPumpSummaryRoutes,
} from './heat-pump-summary.ts';
import { heatPumpComponents, heatPumpRoutes } from './heat-pump.ts';
import { latestComponents, latestRoutes } from './latest.ts';
import { priceComponents, priceRoutes } from './prices.ts';
import { seriesComponents, seriesRoutes } from './series.ts';
import { settingComponents, settingRoutes } from './settings.ts';

/** Every route of the API. */
export const routes: readonly ApiRoute[] = [
  ...deviceRoutes,
  ...seriesRoutes,
  ...exportRoutes,
  ...latestRoutes,
  ...energyRoutes,
  ...comparisonRoutes,
  ...costRoutes,
  ...priceRoutes,
  ...heatPumpSummaryRoutes,
  ...heatPumpRoutes,
  ...heatPumpDailyRoutes,
  ...settingRoutes,
  ...commandRoutes,
];

/** The schemas of their answers by the name they have in the document. */
export const components: Components = {
  ...deviceComponents,
  ...seriesComponents,
  ...latestComponents,
  ...energyComponents,
  ...comparisonComponents,
  ...costComponents,
  ...priceComponents,
  ...heatPumpSummaryComponents,
  ...heatPumpComponents,
  ...heatPumpDailyComponents,
  ...settingComponents,
  ...commandComponents,
};
