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
export { bandKinds, bandSchema } from './events/band.ts';
export type { Band, BandKind } from './events/band.ts';
export { bandsFrom } from './events/bands.ts';
export type { TransitionRow } from './events/bands.ts';
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
export { freshnessOf } from './house/freshness.ts';
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
} from './house/heat.ts';
export type { Derived, WaterCircuit } from './house/heat.ts';
export { mainHeatPump } from './house/main-heat-pump.ts';
export { mainMeter } from './house/main-meter.ts';
