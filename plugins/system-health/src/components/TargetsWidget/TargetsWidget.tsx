import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Panel, PanelTitle } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useSystemHealth } from '../../api';
import type { SystemHealth } from '../../api';
import { rootRouteRef } from '../../routes';
import { HealthStates } from '../HealthStates';
import { TargetList } from '../TargetList';

/** Its last row has space of its own. */
const Targets = styled(Panel)(({ theme }) => ({
  paddingBottom: theme.spacing(1.5),
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  justifyContent: 'space-between',
  alignItems: 'baseline',
  gap: theme.spacing(2),
  marginBottom: theme.spacing(0.5),
}));

/** All targets with their dependencies, for a home page. */
export function TargetsWidget({ health }: { health: SystemHealth }) {
  const link = useRouteRef(rootRouteRef);
  return (
    <Targets aria-labelledby="system-health-targets">
      <Head>
        <PanelTitle as="h2" id="system-health-targets">
          Services
        </PanelTitle>
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
