export {
  formatValue,
  formatWord,
  lookOf,
  numberMeasurement,
} from './formatMeasurement';
