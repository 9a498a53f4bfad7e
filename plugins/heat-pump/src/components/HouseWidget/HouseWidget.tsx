import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { describeState, mainHeatPump } from '@homelab/heat-pump';
import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import type { House } from '@homelab/plugin-heat-pump-common';
import {
  ClockNotices,
  ReadingAge,
  ReadingTile,
  lookOf,
  roomName,
  useFreshness,
  useRoomOrder,
} from '@homelab/plugin-heat-pump-react';
import {
  Panel,
  PanelTitle,
  SiteClockProvider,
  reasonOf,
} from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useHouseNow } from '../../hooks/useHouseNow';
import { rootRouteRef, roomsRouteRef } from '../../routes';

/** More than these would crowd the widget. */
const maxRooms = 8;
const maxMeters = 4;

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
  marginBottom: theme.spacing(2),
}));

const Numbers = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(120px, 1fr))',
  gap: theme.spacing(3, 2),
}));

const State = styled('p')(({ theme }) => ({
  margin: theme.spacing(0, 0, 3),
  fontSize: '1.125rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
}));

const Below = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5, 3),
  marginTop: theme.spacing(2),
  fontSize: '0.875rem',
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

function HeatPumpLine(props: { heatPump: HeatpumpDeviceReading }) {
  const freshness = useFreshness(props.heatPump);
  const { reading, wholeFields } = props.heatPump;
  const { sentence } = describeState(reading, freshness, wholeFields);
  return (
    <State>
      {sentence} <ReadingAge reading={props.heatPump} />
    </State>
  );
}

/** The meter of the house, or every meter while it is not known which one that is. */
function metersOf({ meter, meters }: House) {
  return meter === null ? meters : [meter];
}

function HouseNumbers({ house }: { house: House }) {
  const rooms = useRoomOrder(house.rooms);
  const roomsLink = useRouteRef(roomsRouteRef)?.();
  const meters = metersOf(house);
  const heatPump = mainHeatPump(house.heatPumps, Date.parse(house.sentAt));
  const isEmpty = meters.length === 0 && !heatPump && rooms.length === 0;
  if (isEmpty) {
    return (
      <Quiet>
        No device has sent a reading yet. Point one at the MQTT broker, or start
        the device simulator.
      </Quiet>
    );
  }
  const more = rooms.length - maxRooms;
  return (
    <>
      {heatPump && <HeatPumpLine heatPump={heatPump} />}
      <Numbers>
        {meters.slice(0, maxMeters).map(meter => (
          <ReadingTile
            key={meter.deviceId}
            label={house.meter === null ? meter.deviceId : 'House power'}
            reading={meter}
            value={meter.reading.power_kw}
            {...lookOf(meter, 'power_kw')}
          />
        ))}
        {rooms.slice(0, maxRooms).map(room => (
          <ReadingTile
            key={room.deviceId}
            label={roomName(room)}
            reading={room}
            value={room.reading.temperature}
            {...lookOf(room, 'temperature')}
          />
        ))}
      </Numbers>
      <Below>
        {house.meter === null && meters.length > 1 && (
          <Quiet>
            {meters.length} meters: choose one on the heat pump page.
          </Quiet>
        )}
        {rooms.length > 0 && roomsLink !== undefined && (
          <Link to={roomsLink}>
            {more > 0 ? `+${more} more rooms` : 'Rooms and their history'}
          </Link>
        )}
      </Below>
      <ClockNotices
        isInside
        readings={[...meters, ...house.heatPumps, ...house.rooms]}
      />
    </>
  );
}

/** The house at a glance, for the home page: heat pump, power and rooms. */
export function HouseWidget() {
  const { answer: house, error, clockOffsetMs } = useHouseNow();
  const pageLink = useRouteRef(rootRouteRef)?.();
  return (
    <SiteClockProvider
      clockOffsetMs={clockOffsetMs}
      timeZone={house?.siteTimeZone ?? 'UTC'}
    >
      <Panel aria-label="The house now">
        <Head>
          <PanelTitle as="h2">The house now</PanelTitle>
          {pageLink !== undefined && <Link to={pageLink}>Heat pump</Link>}
        </Head>
        {house === undefined && error === undefined && (
          <Skeleton
            variant="rounded"
            height={160}
            aria-label="Loading the house"
          />
        )}
        {error !== undefined && (
          <Quiet role="status">
            The house cannot be read: {reasonOf(error)}
          </Quiet>
        )}
        {house !== undefined && <HouseNumbers house={house} />}
      </Panel>
    </SiteClockProvider>
  );
}
