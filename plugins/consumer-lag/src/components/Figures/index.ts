export { compactCount } from './compactCount';
export {
  Count,
  EtaFigure,
  etaWords,
  Qualifier,
  Rate,
  Rates,
  TimeLagFigure,
} from './Figures';
