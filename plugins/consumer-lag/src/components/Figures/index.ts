export { compactCount } from './compactCount';
export {
  behindTitle,
  Count,
  EtaFigure,
  Qualifier,
  Rate,
  Rates,
  TimeLagFigure,
} from './Figures';
