import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  formatAge,
  formatExactTime,
  useSiteClock,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useSystemHealth } from '../../api';
import type { SystemHealth } from '../../api';
import { Freshness } from '../Freshness';
import { HealthStates } from '../HealthStates';
import { StateMark } from '../StateMark';
import { TargetDetails } from '../TargetList';

const Body = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(1),
  '& .state': { fontSize: '1.125rem', fontWeight: 600 },
  '& .quiet': { color: theme.palette.text.secondary },
  '& .details': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
  },
}));

/** The health of one entity; a hint if the entity is not monitored. */
export function EntityHealthCard(props: {
  health: SystemHealth;
  entityRef: string;
}) {
  const { health, entityRef } = props;
  const { timeZone } = useSiteClock();
  const target = health.targets?.find(
    candidate => candidate.entityRef?.toLowerCase() === entityRef.toLowerCase(),
  );
  return (
    <InfoCard title="Health">
      <HealthStates health={health}>
        {target ? (
          <Body style={health.stale ? { opacity: 0.65 } : undefined}>
            <span className="state">
              <StateMark state={target.state} stale={health.stale} />
            </span>
            {target.since && (
              <span
                className="quiet"
                title={formatExactTime(target.since, timeZone)}
              >
                for {formatAge(health.nowMs - Date.parse(target.since))}
              </span>
            )}
            <div className="details">
              <TargetDetails target={target} />
            </div>
            <Freshness health={health} />
          </Body>
        ) : (
          <Body>
            <span className="quiet">
              This entity is not monitored. Add it to systemHealth.targets in
              the configuration.
            </span>
          </Body>
        )}
      </HealthStates>
    </InfoCard>
  );
}

/** {@link EntityHealthCard} for the current entity page. */
export function LiveEntityHealthCard() {
  const { entity } = useEntity();
  return (
    <EntityHealthCard
      health={useSystemHealth()}
      entityRef={stringifyEntityRef(entity)}
    />
  );
}
