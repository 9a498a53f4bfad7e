import { freshnessOf } from '@homelab/heat-pump';
import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  ReadingAge,
  lookOf,
  lowBatteryPct,
  roomName,
  useRoomOrder,
} from '@homelab/plugin-heat-pump-react';
import {
  Quantity,
  formatNumber,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import ChevronIcon from '@mui/icons-material/ChevronRight';
import BatteryIcon from '@mui/icons-material/BatteryAlertOutlined';
import { styled, useTheme } from '@mui/material/styles';
import { Link } from 'wouter';
import { Quiet, wholeCardLink } from './Card.tsx';
import { Sparkline } from './Sparkline.tsx';

const Rooms = styled('ul')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 200px), 1fr))',
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '@container portal-view (max-width: 519px)': {
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 140px), 1fr))',
  },
}));

const Room = styled('li')(({ theme }) => ({
  ...wholeCardLink(theme, 'h3'),
  position: 'relative',
  minWidth: 0,
  boxSizing: 'border-box',
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(0.5),
  padding: theme.spacing(2),
  borderRadius: 16,
  background: theme.palette.background.paper,
  border: `1px solid ${theme.palette.divider}`,
  '& h3': {
    margin: 0,
    fontSize: '0.9375rem',
    fontWeight: 600,
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
    color: theme.palette.text.secondary,
  },
}));

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: theme.spacing(0, 1),
  marginBottom: theme.spacing(0.5),
}));

const Value = styled('span')(({ theme }) => ({
  fontSize: '1.75rem',
  fontWeight: 600,
  lineHeight: 1.2,
  letterSpacing: '-0.02em',
  '&[data-freshness="stale"], &[data-freshness="offline"]': {
    color: theme.palette.text.secondary,
  },
}));

const Battery = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  fontSize: '0.8125rem',
  color: theme.palette.warning.main,
  '& svg': { fontSize: 18 },
}));

const Title = styled('h2')(({ theme }) => ({
  margin: theme.spacing(1.5, 0.5, 0),
  fontSize: '1.125rem',
  fontWeight: 600,
  lineHeight: 1.4,
}));

function OneRoom({ room }: { room: TemperatureDeviceReading }) {
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1_000) + clockOffsetMs;
  const { mode } = useTheme().palette;
  const { temperature, humidity, battery } = room.reading;
  const freshness = freshnessOf(nowMs - Date.parse(room.asOf), room);
  const look = lookOf(room, 'temperature');
  const name = roomName(room);
  return (
    <Room aria-label={name}>
      <h3>
        <Link href={`/rooms?${new URLSearchParams({ room: room.deviceId })}`}>
          {name}
          <ChevronIcon aria-hidden fontSize="small" />
        </Link>
      </h3>
      <Line>
        <Value data-freshness={freshness}>
          <Quantity value={temperature} {...look} />
        </Value>
        {humidity !== null && (
          <Quiet as="span">{formatNumber(humidity, 0)} % humid</Quiet>
        )}
      </Line>
      <Sparkline
        stream="temperature"
        deviceId={room.deviceId}
        field="temperature"
        {...look}
        colour={measurementColours.room[mode]}
      />
      <Line sx={{ marginBottom: 0 }}>
        <ReadingAge reading={room} />
        {battery !== null && battery <= lowBatteryPct && (
          <Battery>
            <BatteryIcon aria-hidden />
            Battery {formatNumber(battery, 0)} %
          </Battery>
        )}
      </Line>
    </Room>
  );
}

/** Every room: how warm and humid it is, its last day, and what is wrong with its sensor. */
export function RoomCards(props: {
  rooms: readonly TemperatureDeviceReading[];
}) {
  const rooms = useRoomOrder(props.rooms);
  return (
    <section aria-label="Rooms">
      <Title>Rooms</Title>
      <Rooms sx={{ marginTop: 1.5 }}>
        {rooms.map(room => (
          <OneRoom key={room.deviceId} room={room} />
        ))}
      </Rooms>
    </section>
  );
}
