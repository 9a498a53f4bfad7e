import type { TimeRange } from '@homelab/portal-react/charts';
import type { RangeName } from './ranges';
import type { History } from '@homelab/plugin-heat-pump-common/messages';

/** A figure of a device and the state of fetching it. */
export interface Figure<T> {
  /** Absent until the first answer; an old one stays while a newer one fails. */
  value: T | undefined;
  error: Error | undefined;
}

/** Stored readings and the state of fetching them. */
export interface HistoryState {
  history: History | undefined;
  error: Error | undefined;
  /** A request is in flight; the previous history stays in place. */
  loading: boolean;
}

/** Which part of the past is shown, and how to change that. */
export interface RangeView {
  range: RangeName;
  /** Also leaves the zoom. */
  setRange(name: RangeName): void;
  /** A part of the past that is looked at instead of the range. */
  zoom: TimeRange | null;
  setZoom(zoom: TimeRange | null): void;
  /** The range of the charts: the zoom, else the range up to now. */
  shown: TimeRange;
}
