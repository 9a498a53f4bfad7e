export { counterRules } from './counters/counter-rules.ts';
export type {
  CounterField,
  CounterRules,
  CounterStream,
} from './counters/counter-rules.ts';
export { initialCounter, stepCounter } from './counters/step-counter.ts';
export type {
  CounterReading,
  CounterReset,
  CounterState,
  CounterStep,
  Increment,
} from './counters/step-counter.ts';
export type { CounterRollup } from './counters/rollup-readings.ts';
export { createBucketSums } from './energy/buckets.ts';
export type { BucketRise, BucketSums } from './energy/buckets.ts';
export {
  createCounterSums,
  maxResets,
  risesFromReadings,
  risesFromRollups,
} from './energy/counter-energy.ts';
export type { CounterRises, CounterSums } from './energy/counter-energy.ts';
export { dayEdges, hourEdges } from './time/site-days.ts';
export { dayMs, hourMs, minuteMs } from './time/units.ts';
export { bandSchema } from './events/band.ts';
export type { Band, BandKind } from './events/band.ts';
export { describeState } from './house/describe-state.ts';
export type { StateDescription, Tone } from './house/describe-state.ts';
export {
  deviceReadingSchema,
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  streamSchema,
  temperatureDeviceReadingSchema,
} from './house/device-readings.ts';
export type {
  DeviceReading,
  EnergyDeviceReading,
  HeatpumpDeviceReading,
  TemperatureDeviceReading,
} from './house/device-readings.ts';
export { freshnesses, freshnessOf } from './house/freshness.ts';
export type { Freshness, FreshnessLimits } from './house/freshness.ts';
export {
  copOf,
  auxHeaterKw,
  hasAlarm,
  heatOutputKw,
  heatOutputOf,
  isAuxHeaterOn,
  isDefrosting,
  isMakingHotWater,
  isRunning,
  minCopPowerKw,
} from './house/heat.ts';
export type { Derived, WaterCircuit } from './house/heat.ts';
export { mainHeatPump } from './house/main-heat-pump.ts';
export { mainMeter } from './house/main-meter.ts';
export {
  activeWarnings,
  followedFields,
  initialHeatPump,
  heatPumpDefaults,
  openRuns,
  stepHeatPump,
} from './step-heat-pump.ts';
export type {
  HeatPumpLogState,
  HeatPumpOptions,
  HeatPumpStep,
} from './step-heat-pump.ts';
export { eventTitles, severities } from './events/heat-pump-event.ts';
export type {
  EventKind,
  HeatPumpEvent,
  Severity,
} from './events/heat-pump-event.ts';
export { idealCop } from './figures/carnot.ts';
export type { HeatSource } from './figures/carnot.ts';
export { stepDegreeMinutes } from './figures/degree-minutes.ts';
export { figuresOf } from './figures/figures.ts';
export type { HeatPumpFigures } from './figures/figures.ts';
export {
  atBoundary,
  boundaries,
  copOfEnergy,
  minCoverage,
  performanceOf,
} from './figures/performance.ts';
export type {
  Boundary,
  EnergyPair,
  Meters,
  Performance,
  Window,
} from './figures/performance.ts';
export {
  carnotShareOf,
  compressorKw,
  noPowerSteps,
  stepPowerSteps,
} from './figures/powers.ts';
export type {
  DatasheetPoint,
  PowerEstimate,
  PowerSteps,
} from './figures/powers.ts';
export { energyFromPower } from './energy/power-energy.ts';
export type { PowerReading, PowerShape } from './energy/power-energy.ts';
export {
  heatPumpRollupColumns,
  sumsFromRollup,
} from './figures/rollup-sums.ts';
export type { HeatPumpRollup } from './figures/rollup-sums.ts';
export { addSums, noSums } from './figures/sums.ts';
export type { HeatPumpSums } from './figures/sums.ts';
export { isLegionellaOverdue, legionellaC } from './runs/legionella.ts';
export { runStatistics } from './runs/run-statistics.ts';
export type { RunStatistics } from './runs/run-statistics.ts';
export { runKinds } from './runs/step-runs.ts';
export type { Run, RunKind } from './runs/step-runs.ts';
export {
  deviceReadingOf,
  LatestReadings,
  limitsFor,
  maxDevices,
} from './house/latest-readings.ts';
export type { JudgedReading } from './house/latest-readings.ts';
export { sourcedReading } from './house/sourced-reading.ts';
export type { DeviceRef, SourcedReading } from './house/sourced-reading.ts';
