export { EntityLettersCard } from './EntityLettersCard';
