import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  dependencyTitle,
  worstFirst,
} from '@homelab/plugin-system-health-common';
import type {
  DependencyHealth,
  TargetHealth,
} from '@homelab/plugin-system-health-common';
import {
  formatAge,
  formatExactTime,
  useSiteClock,
  VisuallyHidden,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { SystemHealth } from '../../api';
import { StateIcon, StateMark } from '../StateMark';

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });

const Row = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  gap: theme.spacing(0.5, 2),
  padding: theme.spacing(1.5, 0),
  '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
}));

const Title = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 10,
  minWidth: 0,
  fontWeight: 600,
});

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

const Details = styled('div')(({ theme }) => ({
  gridColumn: '1 / -1',
  color: theme.palette.text.secondary,
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.25, 2),
  minWidth: 0,
  overflowWrap: 'anywhere',
}));

const Dependency = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
});

function DependencyMark({ dependency }: { dependency: DependencyHealth }) {
  const { ok, detail } = dependency;
  const name = dependencyTitle(dependency.name);
  return (
    <Dependency>
      <StateIcon state={ok ? 'ok' : 'not-ready'} sizePx={15} />
      {name}
      {ok ? (
        <VisuallyHidden> is OK</VisuallyHidden>
      ) : (
        ` ${detail ?? 'is not OK'}`
      )}
    </Dependency>
  );
}

/** The name of a target, as a link to its catalog entity when it has one. */
export function TargetTitle({ target }: { target: TargetHealth }) {
  return target.entityRef ? (
    <EntityRefLink entityRef={target.entityRef} title={target.title} hideIcon />
  ) : (
    <>{target.title}</>
  );
}

function Since({ target, nowMs }: { target: TargetHealth; nowMs: number }) {
  const { timeZone } = useSiteClock();
  if (!target.since) return null;
  return (
    <Quiet title={`since ${formatExactTime(target.since, timeZone)}`}>
      {' '}
      for {formatAge(nowMs - Date.parse(target.since))}
    </Quiet>
  );
}

/** The dependencies of a target, and why it is not ok. */
export function TargetDetails({ target }: { target: TargetHealth }) {
  return (
    <>
      {target.detail && <span>{target.detail}</span>}
      {target.dependencies.map(dependency => (
        <DependencyMark key={dependency.name} dependency={dependency} />
      ))}
    </>
  );
}

/** All targets as short rows, worst first. */
export function TargetList({ health }: { health: SystemHealth }) {
  const { targets = [], stale, nowMs } = health;
  return (
    <List aria-label="Services" style={stale ? { opacity: 0.65 } : undefined}>
      {worstFirst(targets).map(target => (
        <Row key={target.name}>
          <Title>
            <TargetTitle target={target} />
          </Title>
          <span>
            <StateMark state={target.state} stale={stale} />
            <Since target={target} nowMs={nowMs} />
          </span>
          {(target.detail !== null || target.dependencies.length > 0) && (
            <Details>
              <TargetDetails target={target} />
            </Details>
          )}
        </Row>
      ))}
    </List>
  );
}
