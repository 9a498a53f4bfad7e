import { Panel } from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useSystemHealth } from '../../api';
import type { SystemHealth } from '../../api';
import { HealthStates } from '../HealthStates';
import { HealthSummary } from '../HealthSummary';
import { TargetList } from '../TargetList';
import { TargetTable } from './TargetTable';

const Page = styled('main')(({ theme }) => ({
  boxSizing: 'border-box',
  width: '100%',
  maxWidth: 1360,
  // The same gutter as the header above.
  padding: theme.spacing(3, 2.5, 8),
  display: 'grid',
  gap: theme.spacing(3),
  [theme.breakpoints.down('sm')]: { padding: theme.spacing(3, 2, 10) },
}));

const Targets = styled(Panel)(({ theme }) => ({
  padding: theme.spacing(1, 3),
  [theme.breakpoints.down('sm')]: { padding: theme.spacing(1, 2) },
}));

/** All targets with details, worst first. */
export function SystemHealthPage({ health }: { health: SystemHealth }) {
  const theme = useTheme();
  const wide = useMediaQuery(theme.breakpoints.up('md'), { noSsr: true });
  return (
    <Page>
      <HealthSummary health={health} heading="h2" />
      <Targets aria-label="Targets">
        <HealthStates health={health}>
          {wide ? (
            <TargetTable health={health} />
          ) : (
            <TargetList health={health} />
          )}
        </HealthStates>
      </Targets>
    </Page>
  );
}

/** {@link SystemHealthPage} of the running system. */
export function LiveSystemHealthPage() {
  return <SystemHealthPage health={useSystemHealth()} />;
}
