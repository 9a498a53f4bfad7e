export { createHomelabApi } from './create-homelab-api.ts';
export type { ApiDevice, ApiRange, HomelabApi } from './create-homelab-api.ts';
export type { AskOptions } from './ask.ts';
export type { HeatPumpSettingsApi } from './settings-api.ts';
export { HomelabApiError } from './homelab-api-error.ts';
export type { HomelabApiErrorCode } from './homelab-api-error.ts';
export {
  commandAnswerSchema,
  commandRequestSchema,
  commandSchema,
  commandsSchema,
  commandStates,
  heatPumpSettingSchema,
  heatPumpSettingsSchema,
  settingPreviewSchema,
  undoRequestSchema,
} from './schemas/commands.ts';
export type {
  Command,
  CommandRequest,
  Commands,
  CommandState,
  HeatPumpSetting,
  HeatPumpSettings,
  SettingPreview,
} from './schemas/commands.ts';
export { deviceSchema, devicesSchema } from './schemas/devices.ts';
export type { DevicesPage } from './schemas/devices.ts';
export {
  energyBucketSchema,
  energyBucketsSchema,
  energyComparisonSchema,
  energyCostSchema,
  energyCostsSchema,
  energyPriceSchema,
  energyPricesSchema,
  energySpanSchema,
  meterComparisonSchema,
} from './schemas/energy.ts';
export type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
  MeterComparison,
} from './schemas/energy.ts';
export {
  heatPumpCyclesSchema,
  heatPumpDaySchema,
  heatPumpDaysSchema,
  heatPumpEventSchema,
  heatPumpEventsSchema,
  emitterKinds,
  heatPumpInstallationSchema,
  heatPumpLegionellaSchema,
  heatPumpRunSchema,
  heatPumpRunsSchema,
  heatPumpSummarySchema,
  heatPumpWarningSchema,
  heatPumpWindowSchema,
} from './schemas/heat-pump.ts';
export type {
  HeatPumpDays,
  HeatPumpInstallation,
  HeatPumpLegionella,
  HeatPumpEvents,
  HeatPumpRun,
  HeatPumpRuns,
  HeatPumpSummary,
  HeatPumpWarning,
  HeatPumpWindow,
} from './schemas/heat-pump.ts';
export {
  latestOfDeviceSchema,
  storedReadingSchemas,
} from './schemas/latest.ts';
export { problemCodes, problems, problemSchema } from './schemas/problems.ts';
export type { Problem, ProblemCode } from './schemas/problems.ts';
export { seriesSchema } from './schemas/series.ts';
export type { Series } from './schemas/series.ts';
