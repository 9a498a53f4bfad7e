export { dash, formatNumber } from './formatNumber';
export { Quantity } from './Quantity';
