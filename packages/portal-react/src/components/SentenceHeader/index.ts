export { SentenceHeader, SentenceSkeleton } from './SentenceHeader';
