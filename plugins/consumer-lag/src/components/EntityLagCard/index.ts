export { EntityLagCard } from './EntityLagCard';
