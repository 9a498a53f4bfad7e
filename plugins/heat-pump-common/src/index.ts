export { heatPumpDeviceIdAnnotation } from './annotations';
export { heatPumpPermissions, heatPumpReadPermission } from './permissions';
export {
  deviceReadingSchema,
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  streamSchema,
  temperatureDeviceReadingSchema,
} from './readings';
export type {
  DeviceReading,
  EnergyDeviceReading,
  HeatpumpDeviceReading,
  TemperatureDeviceReading,
} from './readings';
export {
  bandKinds,
  devicesResponseSchema,
  historySchema,
  houseSchema,
  maxHistoryDays,
  maxHistoryPoints,
  readingEventSchema,
  statusEventSchema,
} from './messages';
export type {
  Band,
  BandKind,
  Device,
  DevicesResponse,
  Gap,
  History,
  HistorySeries,
  House,
  ReadingEvent,
  Sources,
  SourceStatus,
  StatusEvent,
} from './messages';
export {
  copOf,
  heatOutputKw,
  heatOutputOf,
  isAuxHeaterOn,
  isMakingHotWater,
  isRunning,
} from './heat';
export type { Derived, WaterCircuit } from './heat';
export { freshnessOf } from './freshness';
export type { Freshness, FreshnessLimits } from './freshness';
export { mainHeatPump } from './main-heat-pump';
export { describeState } from './describe-state';
export type { StateDescription, Tone } from './describe-state';
