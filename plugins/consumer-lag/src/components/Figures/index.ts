export { compactCount } from './compactCount';
export {
  Count,
  EtaFigure,
  Qualifier,
  Rate,
  Rates,
  TimeLagFigure,
} from './Figures';
