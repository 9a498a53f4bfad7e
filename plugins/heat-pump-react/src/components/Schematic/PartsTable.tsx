import { dash, whenNarrow } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { Folded } from '../Folded';
import { partRowsOf } from './partRows';
import type { Plant } from './plant';

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  marginTop: theme.spacing(1),
  borderCollapse: 'collapse',
  fontSize: '0.8125rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  '& th, & td': {
    padding: theme.spacing(0.75, 2, 0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    textAlign: 'left',
    verticalAlign: 'baseline',
    fontWeight: 400,
  },
  '& th': { color: theme.palette.text.secondary },
  '& th:last-of-type, & td:last-of-type': { paddingRight: 0 },
  // What is known of a part stands below its state; the roles keep it a table.
  [whenNarrow]: {
    '& thead': { display: 'none' },
    '& tr': {
      display: 'grid',
      gridTemplateColumns: '2fr 3fr',
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    '& th, & td': { padding: 0, border: 0 },
    '& th': { gridRow: '1 / span 3' },
    '& td': { gridColumn: 2 },
    '& td[data-empty=true]': { display: 'none' },
  },
}));

/** The same as the drawing, as text; folded until it is asked for. */
export function PartsTable({ plant }: { plant: Plant }) {
  return (
    <Folded summary="As table">
      <Table role="table" aria-label="Heating schematic as table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">State</th>
            <th scope="col">Temperature</th>
            <th scope="col">Power</th>
          </tr>
        </thead>
        <tbody>
          {partRowsOf(plant).map(({ part, ...values }, at) => (
            // Two circuits may heat with the same.
            <tr key={`${part} ${at}`} role="row">
              <th scope="row" role="rowheader">
                {part}
              </th>
              {Object.entries(values).map(([name, value]) => (
                <td key={name} data-empty={value === dash}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Folded>
  );
}
