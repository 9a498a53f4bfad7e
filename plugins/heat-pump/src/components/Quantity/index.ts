export { Quantity } from './Quantity';
export {
  dash,
  formatNumber,
  formatValue,
  formatWord,
  measurementOf,
  numberMeasurement,
} from './formatMeasurement';
