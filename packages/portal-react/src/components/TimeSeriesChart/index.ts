export { BandLegend } from './BandLegend';
export { alignLines } from './chartSeries';
export type {
  ChartBand,
  ChartLines,
  ChartMarker,
  LineSource,
  LineTimes,
  ThemedColour,
  TimeRange,
  ValueWords,
} from './chartSeries';
export { TimeSeriesChart } from './TimeSeriesChart';
