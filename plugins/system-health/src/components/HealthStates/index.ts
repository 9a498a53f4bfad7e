export { HealthStates } from './HealthStates';
