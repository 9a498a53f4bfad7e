export * from './components/Age';
export * from './components/ClockNotices';
export * from './components/ConnectionNotice';
export * from './components/DetailsTable';
export * from './components/EfficiencyPanel';
export * from './components/EventList';
export * from './components/HeatPumpDashboard';
export * from './components/HistoryPanel';
export * from './components/LiveNumbers';
export * from './components/PricePanel';
export * from './components/Rooms';
export * from './components/RunLog';
export * from './components/Schematic';
export * from './components/Settings';
export * from './components/SilenceNotice';
export * from './components/StateHeader';
export * from './components/Tile';
export * from './components/TodayPanel';
export * from './components/Warnings';
export * from './components/measurements';
export type { Figure, HistoryState, RangeView } from './figure';
export { useLiveHouse } from './hooks/useLiveHouse';
export type {
  Connection,
  HouseFollower,
  LiveHouse,
} from './hooks/useLiveHouse';
export {
  boundsOf,
  defaultRange,
  isRangeName,
  isWholeDays,
  rangeNames,
  ranges,
} from './ranges';
export type { RangeName } from './ranges';
