export { HealthStates, LoadingRows } from './HealthStates';
