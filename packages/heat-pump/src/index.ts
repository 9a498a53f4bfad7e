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
