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
import { Folded } from '../Folded';

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

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(2, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

/** Labels of fields whose own label is ambiguous, such as the state of a pump and its speed. */
const ownLabels: Record<string, string> = {
  circulation_pump_pct: 'Circulation pump speed',
  brine_pump_pct: 'Brine pump speed',
  compressor_hz: 'Compressor frequency',
  hot_water_active: 'Heat to hot water',
};

/** Every field of a reading by what is known of it. */
function fieldsOf({ reading }: HeatpumpDeviceReading) {
  const values: Record<string, unknown> = reading;
  const all = measurementsOf('heatpump').map(([field, measurement]) => ({
    field,
    measurement,
    label: ownLabels[field] ?? measurement.label,
    value: values[field],
  }));
  return {
    known: all.filter(({ value }) => !isUnknown(value)),
    unknown: all.filter(({ value }) => isUnknown(value)),
  };
}

function AllValues({ heatPump }: { heatPump: HeatpumpDeviceReading }) {
  const { deviceId, reading, origin, clockAhead, asOf, wholeFields } = heatPump;
  const { timeZone } = useSiteClock();
  const { known, unknown } = fieldsOf(heatPump);
  return (
    <>
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
        {known.map(({ field, measurement, label, value }) => (
          <Row key={field} title={measurement.description}>
            <Name>{label}</Name>
            <Value>
              {formatValue(measurement, value, wholeFields.includes(field))}
            </Value>
          </Row>
        ))}
      </List>
      {unknown.length > 0 && (
        <Quiet>
          Not in its readings: {unknown.map(({ label }) => label).join(', ')}.
        </Quiet>
      )}
    </>
  );
}

/** Every field of the newest reading of a heat pump, folded until it is asked for. */
export function DetailsTable({
  heatPump,
}: {
  heatPump: HeatpumpDeviceReading;
}) {
  const { known } = fieldsOf(heatPump);
  return (
    <Panel aria-label="All values">
      <Folded
        summary={
          <>
            <PanelTitle>All values</PanelTitle>
            <span>{known.length} of the newest reading</span>
          </>
        }
      >
        <AllValues heatPump={heatPump} />
      </Folded>
    </Panel>
  );
}

function isUnknown(value: unknown): boolean {
  return value === null || value === undefined;
}
