export { EntityHealthCard, LiveEntityHealthCard } from './EntityHealthCard';
