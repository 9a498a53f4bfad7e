import { freshnessOf } from '@homelab/heat-pump';
import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  ClockNotices,
  ReadingAge,
  silencesOf,
} from '@homelab/plugin-heat-pump-react';
import { Silent } from '../house/Silent.tsx';
import {
  StateMessage,
  StatusIcon,
  formatAge,
  useNow,
  useSiteClock,
  whenNarrow,
} from '@homelab/portal-react/ui';
import SensorsIcon from '@mui/icons-material/SensorsOutlined';
import { styled } from '@mui/material/styles';
import { ViewSkeleton } from '../app/ViewSkeleton.tsx';
import { useTitle } from '../app/useTitle.ts';
import { silenceOf } from '../house/connection.ts';
import { describeHouse } from '../house/describe-house.ts';
import { useHouse } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';
import { useOnline } from '../house/useOnline.ts';
import { ElectricityCard } from './ElectricityCard.tsx';
import { HeatPumpCard } from './HeatPumpCard.tsx';
import { IndoorCard } from './IndoorCard.tsx';
import { RoomCards } from './RoomCards.tsx';

const Header = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(2),
  padding: theme.spacing(1, 0.5),
  '& > svg': { marginTop: 4 },
  '& p': {
    margin: 0,
    maxWidth: '34em',
    fontSize: '1.75rem',
    lineHeight: 1.25,
    letterSpacing: '-0.015em',
    fontVariantNumeric: 'tabular-nums',
    textWrap: 'balance',
  },
  '& strong': { fontWeight: 600 },
  '& small': {
    display: 'block',
    marginTop: theme.spacing(0.75),
    fontSize: '0.875rem',
    lineHeight: 1.5,
    color: theme.palette.text.secondary,
  },
  [whenNarrow]: {
    gap: theme.spacing(1.5),
    '& p': { fontSize: '1.375rem' },
  },
}));

const Cards = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
}));

/** Sensors that still speak: a broken one must not cool the house. */
function freshRoomsOf(
  rooms: readonly TemperatureDeviceReading[],
  nowMs: number,
): TemperatureDeviceReading[] {
  return rooms.filter(
    room => freshnessOf(nowMs - Date.parse(room.asOf), room) === 'fresh',
  );
}

function Sentence({ house }: { house: House }) {
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1_000) + clockOffsetMs;
  const { heatPump } = house;
  const ageMs = heatPump ? nowMs - Date.parse(heatPump.asOf) : 0;
  const { link } = silenceOf(house.state, useOnline());
  const isLive = link === 'none' || link === 'connecting';
  const all = [...house.heatPumps, ...house.meters, ...house.rooms];
  const isHouseSilent = silencesOf(all, nowMs).some(
    ({ kind }) => kind === 'house',
  );
  const freshness = heatPump ? freshnessOf(ageMs, heatPump) : 'fresh';
  const { tone, lead, rest, advice } = describeHouse({
    heatPump,
    freshness,
    freshRooms: freshRoomsOf(house.rooms, nowMs),
    silentFor: formatAge(ageMs),
    isLive,
    isHouseSilent,
  });
  useTitle(lead.replace(/[.:]$/, ''));
  return (
    <Header>
      <StatusIcon
        tone={tone}
        stale={!isLive || freshness !== 'fresh'}
        sizePx={30}
      />
      <div>
        <p role="status" data-tone={tone}>
          <strong>{lead}</strong>
          {rest}
        </p>
        {(advice !== undefined || heatPump !== undefined) && (
          <small>
            {advice}{' '}
            {heatPump && <ReadingAge reading={heatPump} prefix="as of " />}
          </small>
        )}
      </div>
    </Header>
  );
}

/** The house now, its energy of today and its rooms. */
export function HomeView() {
  const house = useHouse();
  const { heatPump, meters, rooms } = house;
  const isEmpty = !heatPump && meters.length === 0 && rooms.length === 0;
  if (isEmpty && !house.isKnown) return <ViewSkeleton label="the house" />;
  if (isEmpty) return <EmptyHouse />;
  return (
    <>
      <Sentence house={house} />
      <Silent house={house} />
      <ClockNotices
        readings={[...house.heatPumps, ...house.meters, ...house.rooms]}
      />
      <Cards>
        <IndoorCard house={house} />
        {heatPump && <HeatPumpCard heatPump={heatPump} />}
        {meters.length > 0 && <ElectricityCard house={house} />}
      </Cards>
      {rooms.length > 0 && <RoomCards rooms={rooms} />}
    </>
  );
}

function EmptyHouse() {
  useTitle('Waiting for the house');
  return (
    <StateMessage icon={SensorsIcon} title="No device has sent a value yet">
      <p>
        As soon as a heat pump, an electricity meter or a room sensor sends its
        first value, it appears here by itself. How to connect one is in the
        guide under <strong>Devices</strong>.
      </p>
    </StateMessage>
  );
}
