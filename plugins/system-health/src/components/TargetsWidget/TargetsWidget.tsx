import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Panel } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useSystemHealth } from '../../api';
import type { SystemHealth } from '../../api';
import { rootRouteRef } from '../../routes';
import { HealthStates } from '../HealthStates';
import { TargetList } from '../TargetList';

const Targets = styled(Panel)(({ theme }) => ({
  padding: theme.spacing(2.5, 3, 1.5),
  [theme.breakpoints.down('sm')]: { padding: theme.spacing(2, 2, 1) },
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  justifyContent: 'space-between',
  alignItems: 'baseline',
  gap: theme.spacing(2),
  marginBottom: theme.spacing(0.5),
  '& h2': { margin: 0, fontSize: '1rem', fontWeight: 600 },
}));

/** All targets with their dependencies, for a home page. */
export function TargetsWidget({ health }: { health: SystemHealth }) {
  const link = useRouteRef(rootRouteRef);
  return (
    <Targets aria-labelledby="system-health-targets">
      <Head>
        <h2 id="system-health-targets">Services</h2>
        {link && <Link to={link()}>Details</Link>}
      </Head>
      <HealthStates health={health}>
        <TargetList health={health} />
      </HealthStates>
    </Targets>
  );
}

/** {@link TargetsWidget} of the running system. */
export function LiveTargetsWidget() {
  return <TargetsWidget health={useSystemHealth()} />;
}
