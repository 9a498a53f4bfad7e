import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import {
  Panel,
  PanelTitle,
  formatExactTime,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementsOf } from '@homelab/telemetry';
import { styled } from '@mui/material/styles';
import { formatValue } from '../measurements';

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))',
  gap: theme.spacing(0, 4),
  margin: theme.spacing(1, 0, 0),
}));

const Row = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
  padding: theme.spacing(0.75, 0),
  borderBottom: `1px solid ${theme.palette.divider}`,
  fontSize: '0.875rem',
  lineHeight: 1.4,
}));

const Name = styled('dt')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

const Value = styled('dd')(({ theme }) => ({
  margin: 0,
  textAlign: 'right',
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
}));

/** Labels of fields whose own label is ambiguous, such as the state of a pump and its speed. */
const ownLabels: Record<string, string> = {
  circulation_pump_pct: 'Circulation pump speed',
  brine_pump_pct: 'Brine pump speed',
  compressor_hz: 'Compressor frequency',
  hot_water_active: 'Heat to hot water',
};

/** Every field of the newest reading of a heat pump. */
export function DetailsTable(props: { heatPump: HeatpumpDeviceReading }) {
  const { deviceId, reading, origin, clockAhead, asOf, wholeFields } =
    props.heatPump;
  const { timeZone } = useSiteClock();
  const fields: Record<string, unknown> = reading;
  return (
    <Panel aria-label="All values">
      <PanelTitle>All values</PanelTitle>
      <List>
        <Row>
          <Name>Device</Name>
          <Value>{deviceId}</Value>
        </Row>
        <Row>
          <Name>{clockAhead ? 'Measured (device clock)' : 'Measured'}</Name>
          <Value>{formatExactTime(reading.timestamp, timeZone)}</Value>
        </Row>
        {clockAhead && (
          <Row>
            <Name>Shown as of</Name>
            <Value>{formatExactTime(asOf, timeZone)}</Value>
          </Row>
        )}
        <Row>
          <Name>Received by this page</Name>
          <Value>{origin === 'live' ? 'live' : 'from the database'}</Value>
        </Row>
        {measurementsOf('heatpump').map(([field, measurement]) => (
          <Row key={field} title={measurement.description}>
            <Name>{ownLabels[field] ?? measurement.label}</Name>
            <Value>
              {formatValue(
                measurement,
                fields[field],
                wholeFields.includes(field),
              )}
            </Value>
          </Row>
        ))}
      </List>
    </Panel>
  );
}
