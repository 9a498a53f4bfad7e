import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
  HeatPumpRuns,
  HeatPumpSummary,
} from '@homelab/homelab-api-client';
import { Panel, whenOneColumn } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Figure } from '../../figure';
import { useReadingAge } from '../Age';
import { ClockNotices } from '../ClockNotices';
import { DetailsTable } from '../DetailsTable';
import { EfficiencyPanel } from '../EfficiencyPanel';
import { EventList } from '../EventList';
import { HistoryPanel } from '../HistoryPanel';
import type { HeatPumpHistory } from '../HistoryPanel';
import { LiveNumbers } from '../LiveNumbers';
import { PricePanel } from '../PricePanel';
import { RunLog } from '../RunLog';
import { Schematic } from '../Schematic';
import { StateHeader } from '../StateHeader';
import { TodayPanel } from '../TodayPanel';
import { Warnings } from '../Warnings';
import { MeterChoice } from './MeterChoice';
import { Picker } from './Picker';

/** Stacks the parts of a view. */
const Stack = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
  minWidth: 0,
}));

const Columns = styled('div', {
  shouldForwardProp: name => name !== 'split',
})<{ split: string }>(({ theme, split }) => ({
  display: 'grid',
  gap: theme.spacing(3),
  gridTemplateColumns: split,
  alignItems: 'start',
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

/** The view of one heat pump: its state, numbers, charts and figures. */
export function HeatPumpDashboard(props: {
  heatPump: HeatpumpDeviceReading;
  /** The meter of the house, if it is known which one that is. */
  meter: EnergyDeviceReading | null;
  /** Every meter; offered as a choice when there are several. */
  meters: readonly EnergyDeviceReading[];
  onMeter(deviceId: string): void;
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
  /** What is wrong with the connection, below the sentence. */
  notice?: ReactNode;
  /** Below the runs and events, such as settings. */
  children?: ReactNode;
}) {
  const { heatPump, meter, meters, onMeter, history, summary } = props;
  const { freshness } = useReadingAge(heatPump);
  const isCurrent = freshness === 'fresh';
  const meterPicker = meters.length > 1 && meter !== null && (
    <Picker
      label="Electricity meter"
      options={meters.map(({ deviceId }) => deviceId)}
      chosen={meter.deviceId}
      onChoose={onMeter}
    />
  );
  return (
    <Stack>
      <StateHeader heatPump={heatPump}>{meterPicker}</StateHeader>
      {props.notice}
      <ClockNotices readings={[heatPump, meter]} />
      {summary.value && <Warnings warnings={summary.value.warnings} />}
      <Columns
        split="minmax(0, 3fr) minmax(0, 2fr)"
        sx={{ alignItems: 'stretch' }}
      >
        <Panel aria-label="What it is doing">
          <Schematic
            heatPump={heatPump}
            meter={meter}
            installation={summary.value?.installation}
          />
        </Panel>
        <Panel aria-label="Live numbers">
          <LiveNumbers
            heatPump={heatPump}
            meter={meter}
            summary={summary.value}
            meterChoice={
              meter === null &&
              meters.length > 1 && (
                <MeterChoice meters={meters} onChoose={onMeter} />
              )
            }
          />
        </Panel>
      </Columns>
      <HistoryPanel history={history} />
      <Columns
        split="minmax(0, 3fr) minmax(0, 2fr)"
        sx={{ alignItems: 'stretch' }}
      >
        <EfficiencyPanel summary={summary} />
        <TodayPanel
          meters={meter === null ? meters.length : 'chosen'}
          comparison={props.comparison}
          cost={props.cost}
          days={props.days}
          dayCosts={props.dayCosts}
          summary={summary}
        />
      </Columns>
      <Columns split="minmax(0, 3fr) minmax(0, 2fr)">
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
      <DetailsTable heatPump={heatPump} />
    </Stack>
  );
}
