export { lagColour } from './heatColours';
export { HeatLegend } from './HeatLegend';
export type { HeatMetric } from './heatSteps';
export { HeatStrip } from './HeatStrip';
export { shortDuration } from './shortDuration';
