export { BandLegend } from './BandLegend';
export { alignLines, bandLooks } from './chartSeries';
export type { LineSource } from './chartSeries';
export { TimeSeriesChart } from './TimeSeriesChart';
export type { TimeRange } from './TimeSeriesChart';
