export {
  formatValue,
  formatWord,
  lookOf,
  numberMeasurement,
} from './formatMeasurement';
export { roomLabel } from './roomLabel';
