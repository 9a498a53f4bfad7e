import { formatNumber } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import type { Period } from './periodsOf';

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  marginTop: theme.spacing(2),
  borderCollapse: 'collapse',
  fontSize: '0.875rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
  color: theme.palette.text.primary,
  '& th, & td': {
    padding: theme.spacing(0.5, 0, 0.5, 1),
    textAlign: 'right',
    fontWeight: 400,
    verticalAlign: 'baseline',
  },
  '& tr > :first-of-type': { paddingLeft: 0, textAlign: 'left' },
  '& thead th': { fontSize: '0.75rem', color: theme.palette.text.secondary },
  '& small': { color: theme.palette.text.secondary },
}));

/** Energy and cost of months and years. */
export function Periods(props: {
  periods: readonly Period[];
  currency: string | null;
}) {
  const { periods, currency } = props;
  if (periods.length === 0) return null;
  const hasCost = periods.some(({ cost }) => cost !== null);
  return (
    <Table aria-label="Energy of months and years">
      <thead>
        <tr>
          <th scope="col">So far</th>
          <th scope="col">kWh</th>
          {hasCost && <th scope="col">{currency}</th>}
        </tr>
      </thead>
      <tbody>
        {periods.map(({ label, kwh, cost, days, ofDays, estimated }) => (
          <tr key={label}>
            <th scope="row">
              {label}{' '}
              <small>
                {days < ofDays && `${days} of ${ofDays} days known`}
                {estimated && ' est.'}
              </small>
            </th>
            <td>{formatNumber(kwh, 0)}</td>
            {hasCost && <td>{formatNumber(cost, 0)}</td>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
