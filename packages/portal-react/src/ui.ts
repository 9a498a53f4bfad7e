// Components and hooks without Backstage, for pages outside of the portal too.
export * from './components/ActionReason';
export * from './components/Age';
export * from './components/Choices';
export * from './components/LongList';
export * from './components/Notice';
export * from './components/Panel';
export * from './components/Quantity';
export * from './components/SentenceHeader';
export * from './components/StateMessage';
export * from './components/StatusMark';
export * from './components/Tile';
export { useFromNow, useNow } from './hooks/useNow';
export { useIsNarrower, useWidth } from './hooks/useWidth';
export { isRefused, reasonOf } from './words/reasonOf';
export { userName } from './words/userName';
export { darkTokens, fontFamily, lightTokens } from './theme/tokens';
export type { ThemeTokens } from './theme/tokens';
