import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
  HeatPumpRuns,
  HeatPumpSummary,
} from '@homelab/homelab-api-client';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Figure } from '../../figure';
import { EfficiencyPanel } from '../EfficiencyPanel';
import { EventList } from '../EventList';
import { HistoryPanel } from '../HistoryPanel';
import type { HeatPumpHistory } from '../HistoryPanel';
import { PricePanel } from '../PricePanel';
import { RunLog } from '../RunLog';
import { TodayPanel } from '../TodayPanel';
import { Columns } from './Columns';

/** What is fetched, and changes by the minute. */
export interface Figures {
  history: HeatPumpHistory;
  summary: Figure<HeatPumpSummary>;
  runs: Figure<HeatPumpRuns>;
  /** Which runs are listed. */
  runKind: HeatPumpRuns['kind'];
  onRunKind(kind: HeatPumpRuns['kind']): void;
  comparison: Figure<EnergyComparison>;
  cost: Figure<EnergyCosts>;
  /** Energy and cost of each day since the beginning of last year. */
  days: Figure<EnergyBuckets>;
  dayCosts: Figure<EnergyCosts>;
  prices: Figure<EnergyPrices>;
}

interface Props extends Figures {
  /** The number of meters if none of them is chosen. */
  meters: 'chosen' | number;
  /** The heat pump still sends readings. */
  isCurrent: boolean;
  children?: ReactNode;
}

/** The parts below the live ones; a live reading does not draw them again. */
export const PastAndFigures = memo(function DrawnPastAndFigures(props: Props) {
  const { history, summary, isCurrent } = props;
  return (
    <>
      <HistoryPanel history={history} />
      <Columns sx={{ alignItems: 'stretch' }}>
        <EfficiencyPanel summary={summary} />
        <TodayPanel
          meters={props.meters}
          comparison={props.comparison}
          cost={props.cost}
          days={props.days}
          dayCosts={props.dayCosts}
          summary={summary}
        />
      </Columns>
      <Columns>
        <RunLog
          runs={props.runs}
          kind={props.runKind}
          onKind={props.onRunKind}
          isCurrent={isCurrent}
        />
        <EventList history={history.pump.history} isCurrent={isCurrent} />
      </Columns>
      <PricePanel prices={props.prices} />
      {props.children}
    </>
  );
});
