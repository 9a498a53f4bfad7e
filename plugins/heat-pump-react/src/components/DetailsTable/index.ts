export { DetailsTable } from './DetailsTable';
