export { heatPumpDeviceIdAnnotation } from './annotations';
export {
  heatPumpPermissions,
  heatPumpReadPermission,
  heatPumpSettingsWritePermission,
} from './permissions';
export {
  devicesResponseSchema,
  historySchema,
  houseSchema,
  maxBandDays,
  maxHistoryDays,
  maxHistoryPoints,
  readingEventSchema,
  statusEventSchema,
} from './messages';
export type {
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
