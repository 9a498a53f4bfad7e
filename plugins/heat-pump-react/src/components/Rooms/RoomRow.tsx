import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  focusRing,
  formatNumber,
  Quantity,
  StatusMark,
  whenNarrow,
} from '@homelab/portal-react/ui';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { ReadingAge, useFreshness } from '../Age';
import { lookOf, roomLabel } from '../measurements';
import { roomName } from './roomOrder';
import { lowBatteryPct } from './roomsSentence';

const Item = styled('li')(({ theme }) => ({
  borderBottom: `1px solid ${theme.palette.divider}`,
  '&:last-of-type': { borderBottom: 0 },
}));

const Row = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) repeat(4, minmax(0, 1fr)) 24px',
  alignItems: 'center',
  gap: theme.spacing(0.5, 2),
  width: '100%',
  minHeight: 56,
  padding: theme.spacing(1, 0),
  borderRadius: 6,
  textAlign: 'left',
  fontFamily: 'inherit',
  fontSize: '0.875rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  '& .age': { textAlign: 'right' },
  '& > svg': { transition: 'transform 200ms' },
  '&[aria-expanded="true"] > svg': { transform: 'rotate(180deg)' },
  '&[data-freshness="stale"] .value, &[data-freshness="offline"] .value': {
    color: theme.palette.text.secondary,
  },
  [whenNarrow]: {
    gridTemplateColumns: 'minmax(0, 1fr) max-content 24px',
    '& > svg': { gridColumn: 3, gridRow: 1 },
  },
}));

const Name = styled('span')(({ theme }) => ({
  minWidth: 0,
  overflowWrap: 'anywhere',
  '& strong': { display: 'block', fontSize: '1rem', fontWeight: 600 },
  '& small': { fontSize: '0.75rem', color: theme.palette.text.secondary },
}));

/** Cells of the row; on a phone a line of its own. */
const Rest = styled('span')(({ theme }) => ({
  display: 'contents',
  [whenNarrow]: {
    display: 'flex',
    flexWrap: 'wrap',
    gridColumn: '1 / -1',
    gap: theme.spacing(0, 2),
    '& .age': { marginLeft: 'auto' },
  },
}));

const Temperature = styled('span')({ fontSize: '1.375rem', fontWeight: 600 });

function Battery({ percent }: { percent: number }) {
  if (percent > lowBatteryPct) {
    return <>battery {formatNumber(percent, 0)} %</>;
  }
  return (
    <StatusMark
      tone="watch"
      word={`battery low, ${formatNumber(percent, 0)} %`}
    />
  );
}

/** A room with its numbers; opens its history below. */
export function RoomRow(props: {
  room: TemperatureDeviceReading;
  isOpen: boolean;
  onToggle(): void;
  /** The history, while it is open. */
  children?: ReactNode;
}) {
  const { room, isOpen } = props;
  const freshness = useFreshness(room);
  const { temperature, humidity, battery } = room.reading;
  const name = roomName(room);
  const id = useId();
  return (
    <Item>
      <Row
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        data-freshness={freshness}
        onClick={props.onToggle}
      >
        <Name className="name">
          <strong>{name}</strong>
          {name !== roomLabel(room.deviceId) && <small>{room.deviceId}</small>}
        </Name>
        <Temperature className="value">
          <Quantity value={temperature} {...lookOf(room, 'temperature')} />
        </Temperature>
        <Rest>
          <span className="value">
            {humidity !== null && <>humidity {formatNumber(humidity, 0)} %</>}
          </span>
          <span className="value">
            {battery !== null && <Battery percent={battery} />}
          </span>
          <span className="age">
            <ReadingAge reading={room} />
          </span>
        </Rest>
        <ExpandIcon aria-hidden />
      </Row>
      <div id={id} hidden={!isOpen}>
        {props.children}
      </div>
    </Item>
  );
}
