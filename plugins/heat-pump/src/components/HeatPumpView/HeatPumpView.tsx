import { mainHeatPump } from '@homelab/heat-pump';
import type { House } from '@homelab/plugin-heat-pump-common';
import {
  Notice,
  Panel,
  SiteClockProvider,
  ViewWidth,
  reasonOf,
  whenOneColumn,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useFigure } from '../../hooks/useFigure';
import { useHouse } from '../../hooks/useHouse';
import type { LiveHouse } from '../../hooks/useHouse';
import { ClockNotices } from '../ClockNotices';
import { ConnectionNotice } from '../ConnectionNotice';
import { DetailsTable } from '../DetailsTable';
import { EfficiencyPanel } from '../EfficiencyPanel';
import { EventList } from '../EventList';
import { HistoryPanel, useHeatPumpHistory } from '../HistoryPanel';
import { LiveNumbers } from '../LiveNumbers';
import { RunLog } from '../RunLog';
import { Schematic } from '../Schematic';
import { StateHeader } from '../StateHeader';
import { TodayPanel } from '../TodayPanel';
import { DevicePicker } from './DevicePicker';
import { EmptyView } from './EmptyView';
import { LoadingView } from './LoadingView';
import { RefusedView } from './RefusedView';

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

type HeatPump = House['heatPumps'][number];

function Shown(props: {
  heatPump: HeatPump;
  house: House;
  notice: ReactNode;
  picker: ReactNode;
}) {
  const { heatPump, house } = props;
  const history = useHeatPumpHistory(heatPump, house.meter);
  const summary = useFigure('summary', heatPump.deviceId, (api, id, options) =>
    api.getSummary(id, options),
  );
  return (
    <Stack>
      <StateHeader heatPump={heatPump}>{props.picker}</StateHeader>
      {props.notice}
      <ClockNotices readings={[heatPump, house.meter]} />
      <Columns
        split="minmax(0, 3fr) minmax(0, 2fr)"
        sx={{ alignItems: 'stretch' }}
      >
        <Panel aria-label="What it is doing">
          <Schematic heatPump={heatPump} meter={house.meter} />
        </Panel>
        <Panel aria-label="Live numbers">
          <LiveNumbers
            heatPump={heatPump}
            meter={house.meter}
            summary={summary.value}
          />
        </Panel>
      </Columns>
      <HistoryPanel heatPump={heatPump} meter={house.meter} history={history} />
      <Columns
        split="minmax(0, 3fr) minmax(0, 2fr)"
        sx={{ alignItems: 'stretch' }}
      >
        <EfficiencyPanel summary={summary} />
        <TodayPanel meterId={house.meter?.deviceId} />
      </Columns>
      <Columns split="minmax(0, 3fr) minmax(0, 2fr)">
        <RunLog deviceId={heatPump.deviceId} />
        <EventList history={history.pump.history} />
      </Columns>
      <DetailsTable heatPump={heatPump} />
    </Stack>
  );
}

function Content(props: LiveHouse & HeatPumpViewProps) {
  const { house, connection, deviceId, onDevice } = props;
  if (connection.state === 'refused') {
    return <RefusedView />;
  }
  if (house === undefined) {
    return connection.state === 'lost' ? (
      <Notice title="The portal cannot be reached; this page keeps trying.">
        {reasonOf(connection.error)}
      </Notice>
    ) : (
      <LoadingView />
    );
  }
  const notice = (
    <ConnectionNotice connection={connection} sources={house.sources} />
  );
  const heatPump =
    house.heatPumps.find(one => one.deviceId === deviceId) ??
    (props.onlyThisDevice
      ? undefined
      : mainHeatPump(house.heatPumps, Date.now() + props.clockOffsetMs));
  if (heatPump === undefined) {
    return (
      <Stack>
        {notice}
        <EmptyView deviceId={props.onlyThisDevice ? deviceId : null} />
      </Stack>
    );
  }
  const picker = onDevice && house.heatPumps.length > 1 && (
    <DevicePicker
      deviceIds={house.heatPumps.map(one => one.deviceId)}
      chosen={heatPump.deviceId}
      onChoose={onDevice}
    />
  );
  return (
    <Shown
      key={heatPump.deviceId}
      heatPump={heatPump}
      house={house}
      notice={notice}
      picker={picker}
    />
  );
}

interface HeatPumpViewProps {
  /** The heat pump to show; the main one if absent. */
  deviceId: string | null;
  /** Show no other heat pump if this one has no readings. */
  onlyThisDevice?: boolean;
  /** Offers a choice when there are several heat pumps. */
  onDevice?(deviceId: string): void;
}

/** The live view of a heat pump, including its loading, empty, refused and lost states. */
export function HeatPumpView(props: HeatPumpViewProps) {
  const live = useHouse();
  return (
    <SiteClockProvider
      clockOffsetMs={live.clockOffsetMs}
      timeZone={live.house?.siteTimeZone ?? 'UTC'}
    >
      <ViewWidth>
        <Content {...live} {...props} />
      </ViewWidth>
    </SiteClockProvider>
  );
}
