export {
  formatValue,
  formatWord,
  numberMeasurement,
} from './formatMeasurement';
