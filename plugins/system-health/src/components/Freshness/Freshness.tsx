import { formatAge } from '@homelab/portal-react';
import ScheduleIcon from '@mui/icons-material/ScheduleOutlined';
import { styled } from '@mui/material/styles';
import type { SystemHealth } from '../../api';

const Line = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 6,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  fontSize: '0.8125rem',
}));

/** The age of the data, and a hint when it is not being refreshed. */
export function Freshness({ health }: { health: SystemHealth }) {
  if (health.ageMs === undefined) return null;
  const age = formatAge(health.ageMs);
  if (!health.stale && !health.error) return <Line>as of {age} ago</Line>;
  return (
    <Line>
      <ScheduleIcon aria-hidden style={{ fontSize: 16 }} />
      as of {age} ago, the portal is not answering
    </Line>
  );
}
