import { worstFirst } from '@homelab/plugin-system-health-common';
import type { TargetHealth } from '@homelab/plugin-system-health-common';
import {
  formatAge,
  formatExactTime,
  useSiteClock,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { SystemHealth } from '../../api';
import { StateMark } from '../StateMark';
import { TargetDetails, TargetTitle } from '../TargetList';

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  fontVariantNumeric: 'tabular-nums',
  '& th, & td': {
    textAlign: 'left',
    verticalAlign: 'baseline',
    padding: theme.spacing(1.5, 2, 1.5, 0),
    fontWeight: 400,
  },
  '& thead th': { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  '& tbody tr': { borderTop: `1px solid ${theme.palette.divider}` },
  '& tbody th': { fontWeight: 600 },
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap', paddingRight: 0 },
  '& .number + .number': { paddingLeft: theme.spacing(3) },
  '& .quiet': { color: theme.palette.text.secondary },
}));

const Details = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.25, 2),
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

/** The age with the exact time on hover; a dash if unknown. */
function Age(props: { iso: string | null; nowMs: number; after?: string }) {
  const { iso, nowMs, after = '' } = props;
  const { timeZone } = useSiteClock();
  if (iso === null) return <>–</>;
  return (
    <time dateTime={iso} title={formatExactTime(iso, timeZone)}>
      {`${formatAge(nowMs - Date.parse(iso))}${after}`}
    </time>
  );
}

function TargetRow(props: {
  target: TargetHealth;
  nowMs: number;
  stale: boolean;
}) {
  const { target, nowMs, stale } = props;
  return (
    <tr>
      <th scope="row">
        <TargetTitle target={target} />
      </th>
      <td>
        <StateMark state={target.state} stale={stale} />
      </td>
      <td>
        <Details>
          <TargetDetails target={target} />
        </Details>
      </td>
      <td className="number">
        <Age iso={target.since} nowMs={nowMs} />
      </td>
      <td className="number quiet">
        <Age iso={target.checkedAt} nowMs={nowMs} after=" ago" />
      </td>
      <td className="number quiet">
        {target.latencyMs === null ? '–' : target.latencyMs}
      </td>
    </tr>
  );
}

/** All targets with details, worst first. */
export function TargetTable({ health }: { health: SystemHealth }) {
  const { targets = [], nowMs, stale } = health;
  return (
    <Table style={stale ? { opacity: 0.65 } : undefined}>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">State</th>
          <th scope="col">Dependencies</th>
          <th scope="col" className="number">
            For
          </th>
          <th scope="col" className="number">
            Checked
          </th>
          <th scope="col" className="number">
            Response time, ms
          </th>
        </tr>
      </thead>
      <tbody>
        {worstFirst(targets).map(target => (
          <TargetRow
            key={target.name}
            target={target}
            nowMs={nowMs}
            stale={stale}
          />
        ))}
      </tbody>
    </Table>
  );
}
