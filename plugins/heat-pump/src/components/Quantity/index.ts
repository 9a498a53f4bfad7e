export { Quantity } from './Quantity';
export {
  dash,
  formatNumber,
  formatValue,
  formatWord,
  numberMeasurement,
} from './formatMeasurement';
