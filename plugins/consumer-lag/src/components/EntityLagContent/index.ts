export { EntityLagContent } from './EntityLagContent';
