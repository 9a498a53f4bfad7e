import { describeState } from '@homelab/heat-pump';
import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import {
  ClockNotices,
  DetailsTable,
  EfficiencyPanel,
  EmptyView,
  LiveNumbers,
  LoadingView,
  RunLog,
  Schematic,
  StateHeader,
  TodayPanel,
  useFreshness,
} from '@homelab/plugin-heat-pump-react';
import { Panel, whenOneColumn } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { DeviceSelect } from '../app/DeviceSelect.tsx';
import { choose } from '../app/preferences.ts';
import { useTitle } from '../app/useTitle.ts';
import { Silent } from '../house/Silent.tsx';
import { useHouse } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

/** The heat pump: what it does, and how well. */
export function HeatPumpView() {
  const house = useHouse();
  if (house.heatPump !== undefined)
    return <Shown house={house} heatPump={house.heatPump} />;
  return <Untitled isKnown={house.isKnown} />;
}

/** What it does, in the title of the tab. */
function Title({ heatPump }: { heatPump: HeatpumpDeviceReading }) {
  const freshness = useFreshness(heatPump);
  useTitle(`${describeState(heatPump.reading, freshness).word} – Heat pump`);
  return null;
}

function Untitled({ isKnown }: { isKnown: boolean }) {
  useTitle('Heat pump');
  return isKnown ? <EmptyView deviceId={null} /> : <LoadingView />;
}

function Shown(props: { house: House; heatPump: HeatpumpDeviceReading }) {
  const { house, heatPump } = props;
  const { meter, heatPumps } = house;
  const { deviceId } = heatPump;
  const summary = useFigure(
    ['summary', deviceId],
    options => api.heatPumpSummary(deviceId, options),
    60_000,
  );
  const runs = useFigure(['runs', deviceId], options =>
    api.heatPumpRuns(deviceId, {}, options),
  );
  const comparison = useFigure(
    ['comparison', meter?.deviceId],
    options => api.energyComparison(ofMeter(meter), options),
    60_000,
  );
  const cost = useFigure(['cost', meter?.deviceId], options =>
    api.energyCost(ofMeter(meter), options),
  );
  return (
    <>
      <Title heatPump={heatPump} />
      <StateHeader heatPump={heatPump}>
        {heatPumps.length > 1 && (
          <DeviceSelect
            label="Heat pump"
            devices={heatPumps}
            chosen={deviceId}
            onChoose={heatPumpId => choose({ heatPumpId })}
          />
        )}
      </StateHeader>
      <Silent house={house} />
      <ClockNotices readings={[heatPump, meter]} />
      <Columns>
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
            {...(summary.value && { summary: summary.value })}
          />
        </Panel>
      </Columns>
      <Columns>
        <EfficiencyPanel summary={summary} />
        <TodayPanel
          meters={meter === null ? house.meters.length : 'chosen'}
          comparison={comparison}
          cost={cost}
        />
      </Columns>
      <RunLog runs={runs} />
      <DetailsTable heatPump={heatPump} />
    </>
  );
}

/** The query that names a meter. */
function ofMeter(meter: House['meter']): { deviceId?: string } {
  return meter === null ? {} : { deviceId: meter.deviceId };
}
