import { useApi } from '@backstage/frontend-plugin-api';
import {
  dayEdges,
  describeState,
  mainHeatPump,
  runKinds,
} from '@homelab/heat-pump';
import type { HeatPumpRuns } from '@homelab/homelab-api-client';
import type { House } from '@homelab/plugin-heat-pump-common';
import {
  ConnectionNotice,
  SilenceNotice,
  EmptyView,
  HeatPumpChoice,
  HeatPumpDashboard,
  SettingsPanel,
  LoadingView,
  UnknownHeatPump,
  useFreshness,
} from '@homelab/plugin-heat-pump-react';
import type { LiveHouse } from '@homelab/plugin-heat-pump-react';
import {
  Notice,
  SiteClockProvider,
  ViewWidth,
  reasonOf,
  useNow,
  usePageTitle,
  useQueryValue,
  useSiteClock,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { createContext, memo, useCallback, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { heatPumpApiRef } from '../../api';
import { useFigure } from '../../hooks/useFigure';
import { useHouse } from '../../hooks/useHouse';
import { useHeatPumpHistory } from '../../hooks/useHeatPumpHistory';
import { RefusedView } from './RefusedView';

const Stack = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
  minWidth: 0,
}));

const runsMs = 3 * 86_400_000;
const pricesRefreshMs = 300_000;
/** Days of the past do not change, and today is one of many. */
const slow = { refreshMs: 1_800_000 };

type HeatPump = House['heatPumps'][number];

/** Days of this year and the one before, and of the part whose cost the API tells at once. */
function useYears() {
  const { timeZone, clockOffsetMs } = useSiteClock();
  const nowMs = useNow(60_000) + clockOffsetMs;
  const [, toMs = nowMs] = dayEdges(nowMs, nowMs, timeZone);
  const before = new Date(nowMs).getUTCFullYear() - 1;
  const startOf = (year: number, month: number) => {
    const noonMs = Date.UTC(year, month, 1, 12);
    const [startMs = noonMs] = dayEdges(noonMs, noonMs, timeZone);
    return startMs;
  };
  return {
    days: { ...slow, range: { fromMs: startOf(before, 0), toMs } },
    // At most 400 days: this year, and December as the month before January.
    costs: { ...slow, range: { fromMs: startOf(before, 11), toMs } },
  };
}

/** The house as of now, for the few parts that need all of it. */
const HouseContext = createContext<House | undefined>(undefined);

/** Which of these devices are silent, or what all of the house share. */
function Silences(props: { devices: readonly string[] }) {
  const house = useContext(HouseContext);
  if (house === undefined) return null;
  const { meters, heatPumps, rooms } = house;
  const readings = [...meters, ...heatPumps, ...rooms];
  return <SilenceNotice readings={readings} devices={props.devices} />;
}

interface ShownProps {
  heatPump: HeatPump;
  houseMeter: House['meter'];
  meters: House['meters'];
  /** Every link behind the broker works. */
  isHeard: boolean;
  notice: ReactNode;
}

/** A heat pump with its figures; readings of rooms and other heat pumps do not draw it again. */
const Shown = memo(function DrawnShown(props: ShownProps) {
  const { heatPump, meters } = props;
  const { deviceId } = heatPump;
  const settingsApi = useApi(heatPumpApiRef);
  const [chosenMeter, setMeter] = useQueryValue('meter');
  const meter =
    meters.find(one => one.deviceId === chosenMeter) ?? props.houseMeter;
  const meterId = meter?.deviceId;
  const [runsShown, setRuns] = useQueryValue('runs');
  const runKind = runKinds.find(kind => kind === runsShown) ?? 'compressor';
  const onRunKind = useCallback(
    (kind: HeatPumpRuns['kind']) =>
      setRuns(kind === 'compressor' ? null : kind),
    [setRuns],
  );
  const history = useHeatPumpHistory(heatPump, meter);
  const summary = useFigure('summary', deviceId, (api, id, options) =>
    api.getSummary(id, options),
  );
  const runs = useFigure(
    'runs',
    deviceId,
    (api, id, options) => api.getRuns(id, { ...options, kind: runKind }),
    { lengthMs: runsMs, part: runKind },
  );
  const comparison = useFigure('comparison', meterId, (api, id, options) =>
    api.getComparison(id, options),
  );
  const cost = useFigure('cost', meterId, (api, id, options) =>
    api.getCost(id, options),
  );
  const years = useYears();
  const days = useFigure(
    'days of years',
    meterId,
    (api, id, options) => api.getMeterDays(id, options),
    years.days,
  );
  const dayCosts = useFigure(
    'costs of years',
    meterId,
    (api, id, options) => api.getCost(id, options),
    years.costs,
  );
  // Prices are those of the house; the device only says that there is one.
  const prices = useFigure(
    'prices',
    deviceId,
    (api, _, options) => api.getPrices(options),
    { refreshMs: pricesRefreshMs },
  );
  const settings = useMemo(
    () => <SettingsPanel api={settingsApi} deviceId={deviceId} />,
    [settingsApi, deviceId],
  );
  return (
    <HeatPumpDashboard
      heatPump={heatPump}
      meter={meter}
      meters={meters}
      onMeter={setMeter}
      history={history}
      summary={summary}
      runs={runs}
      runKind={runKind}
      onRunKind={onRunKind}
      comparison={comparison}
      cost={cost}
      days={days}
      dayCosts={dayCosts}
      prices={prices}
      notice={
        <>
          {props.notice}
          {props.isHeard && (
            <Silences devices={[deviceId, props.houseMeter?.deviceId ?? '']} />
          )}
        </>
      }
    >
      {settings}
    </HeatPumpDashboard>
  );
});

function Content(props: LiveHouse & HeatPumpViewProps) {
  const { house, connection, deviceId, onDevice } = props;
  const sources = house?.sources;
  const notice = useMemo(
    () =>
      sources && <ConnectionNotice connection={connection} sources={sources} />,
    [connection, sources],
  );
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
  const { heatPumps } = house;
  const isHeard = connection.state === 'open' && house.sources.live.ok;
  const isEmpty = heatPumps.length === 0 || props.onlyThisDevice === true;
  const heatPump =
    deviceId === null
      ? mainHeatPump(heatPumps, Date.now() + props.clockOffsetMs)
      : heatPumps.find(one => one.deviceId === deviceId);
  if (heatPump === undefined && isEmpty) {
    return (
      <Stack>
        {notice}
        <EmptyView deviceId={deviceId} />
      </Stack>
    );
  }
  const choice = onDevice &&
    (heatPumps.length > 1 || heatPump === undefined) && (
      <HeatPumpChoice
        heatPumps={heatPumps}
        chosen={heatPump?.deviceId ?? null}
        onChoose={onDevice}
      />
    );
  return (
    <Stack>
      {choice}
      {heatPump === undefined ? (
        <UnknownHeatPump deviceId={deviceId ?? ''} />
      ) : (
        <>
          {onDevice && <PageTitle heatPump={heatPump} />}
          <Shown
            key={heatPump.deviceId}
            heatPump={heatPump}
            houseMeter={house.meter}
            meters={house.meters}
            isHeard={isHeard}
            notice={notice}
          />
        </>
      )}
    </Stack>
  );
}

/** The state of the heat pump in the title of the browser's tab. */
function PageTitle({ heatPump }: { heatPump: HeatPump }) {
  const freshness = useFreshness(heatPump);
  const { word } = describeState(heatPump.reading, freshness);
  usePageTitle([word, 'Heat pump']);
  return null;
}

interface HeatPumpViewProps {
  /** The heat pump to show; the main one if absent. */
  deviceId: string | null;
  /** Show no other heat pump if this one has no readings. */
  onlyThisDevice?: boolean;
  /** Offers a choice when there are several heat pumps: the view has the page to itself. */
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
        <HouseContext.Provider value={live.house}>
          <Content {...live} {...props} />
        </HouseContext.Provider>
      </ViewWidth>
    </SiteClockProvider>
  );
}
