export { PricePanel } from './PricePanel';
