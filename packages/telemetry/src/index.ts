export {
  hypertables,
  isStream,
  kafkaTopics,
  sinkGroups,
  streams,
} from './streams.ts';
export type { Stream } from './streams.ts';
export {
  canonicalMqttTopic,
  maxLetterPayloadBytes,
  maxMqttPacketBytes,
} from './mqtt-topics.ts';
export {
  deadLetterTopic,
  deadLetterTopics,
  ingestDeadLetterTopic,
  ingestRedriveGroup,
  ingestRedriveTopic,
  keptForever,
  redriveLedgerTopic,
  statesGroup,
  statesTopic,
  statesTopicDefinition,
  topicDefinitions,
  topicSettings,
} from './topic-definitions.ts';
export type { TopicDefinition } from './topic-definitions.ts';
export {
  deadLetterCodes,
  deadLetterHeaders,
  deadLetterStages,
  maxDeadLetterMessageLength,
  mqttDeliveryHeaders,
  recordHeaders,
  schemaVersion,
} from './record-headers.ts';
export type { DeadLetterCode, DeadLetterStage } from './record-headers.ts';
export { lifetimes } from './lifetimes.ts';
export { colourSurfaces, measurementColours } from './colours.ts';
export type { ColourToken } from './colours.ts';
export type {
  FlagMeasurement,
  ListMeasurement,
  Measurement,
  NumberMeasurement,
  StateMeasurement,
  TextMeasurement,
} from './measurement.ts';
export { heatpumpModes, operatingModes } from './measurements-heatpump.ts';
export { maxTextLength } from './measurement.ts';
export {
  heatPumpSettings,
  isSettingName,
  settingNames,
} from './heat-pump-settings.ts';
export type {
  NumberSetting,
  Setting,
  SettingName,
  SettingValue,
  WordSetting,
} from './heat-pump-settings.ts';
export { measurements, measurementsOf } from './measurements.ts';
export type { MeasurementName } from './measurements.ts';
export {
  deviceIdSchema,
  energyReadingSchema,
  heatpumpStatusSchema,
  maxDeviceIdLength,
  readingSchemas,
  temperatureReadingSchema,
  timestampSchema,
} from './readings.ts';
export type {
  EnergyReading,
  HeatpumpStatus,
  Reading,
  ReadingByStream,
  TemperatureReading,
} from './readings.ts';
export { utcMsOf } from './utc-time.ts';
export {
  aheadPenaltyMs,
  asOfMs,
  clockAheadMs,
  clockToleranceMs,
  rankMs,
} from './device-clock.ts';
export type { ReadingTimes } from './device-clock.ts';
export { isPlainReading } from './accept-reading.ts';
export { formerDeviceFields, readReading } from './read-reading.ts';
export type { ReadReadingResult } from './read-reading.ts';
