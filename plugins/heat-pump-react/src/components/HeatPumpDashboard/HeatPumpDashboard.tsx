import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import { Panel } from '@homelab/portal-react/ui';
import Skeleton from '@mui/material/Skeleton';
import { lazy, memo, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useFreshness } from '../Age';
import { ClockNotices } from '../ClockNotices';
import { DetailsTable } from '../DetailsTable';
import { LiveNumbers } from '../LiveNumbers';
import { Schematic } from '../Schematic';
import { StateHeader } from '../StateHeader';
import { Warnings } from '../Warnings';
import { Columns, Stack } from './Columns';
import { MeterChoice } from './MeterChoice';
import type { Figures } from './PastAndFigures';
import { Picker } from './Picker';

// Most of the page's code, which is needed once the live parts are on the screen.
const PastAndFigures = lazy(() =>
  import('./PastAndFigures').then(m => ({ default: m.PastAndFigures })),
);

// A reading of another meter changes neither.
const HeatPumpSchematic = memo(Schematic);
const HeatPumpDetails = memo(DetailsTable);

interface HeatPumpDashboardProps extends Figures {
  heatPump: HeatpumpDeviceReading;
  /** The meter of the house, if it is known which one that is. */
  meter: EnergyDeviceReading | null;
  /** Every meter; offered as a choice when there are several. */
  meters: readonly EnergyDeviceReading[];
  onMeter(deviceId: string): void;
  /** What is wrong with the connection, below the sentence. */
  notice?: ReactNode;
  /** Below the runs and events, such as settings. */
  children?: ReactNode;
}

/** The view of one heat pump: its state, numbers, charts and figures. */
export function HeatPumpDashboard(props: HeatPumpDashboardProps) {
  const { heatPump, meter, meters, onMeter, notice, children, ...figures } =
    props;
  const { value: summary } = figures.summary;
  const isCurrent = useFreshness(heatPump) === 'fresh';
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
      {notice}
      <ClockNotices readings={[heatPump, meter]} />
      {summary && <Warnings warnings={summary.warnings} />}
      <Columns sx={{ alignItems: 'stretch' }}>
        <Panel aria-label="What it is doing">
          <HeatPumpSchematic
            heatPump={heatPump}
            meter={meter}
            installation={summary?.installation}
          />
        </Panel>
        <Panel aria-label="Live numbers">
          <LiveNumbers
            heatPump={heatPump}
            meter={meter}
            summary={summary}
            meterChoice={
              meter === null &&
              meters.length > 1 && (
                <MeterChoice meters={meters} onChoose={onMeter} />
              )
            }
          />
        </Panel>
      </Columns>
      <Suspense fallback={<Skeleton variant="rounded" height={520} />}>
        <PastAndFigures
          {...figures}
          meters={meter === null ? meters.length : 'chosen'}
          isCurrent={isCurrent}
        >
          {children}
        </PastAndFigures>
      </Suspense>
      <HeatPumpDetails heatPump={heatPump} />
    </Stack>
  );
}
