import { describeHealth } from '@homelab/plugin-system-health-common';
import type { HealthSentence } from '@homelab/plugin-system-health-common';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useSystemHealth } from '../../api';
import type { SystemHealth } from '../../api';
import { Freshness } from '../Freshness';
import { StateIcon } from '../StateMark';

const Sentence = styled('h1')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  margin: 0,
  fontSize: '1.75rem',
  lineHeight: 1.25,
  fontWeight: 600,
  letterSpacing: '-0.01em',
  maxWidth: '64ch',
  overflowWrap: 'anywhere',
  [theme.breakpoints.down('sm')]: { fontSize: '1.375rem' },
}));

const Below = styled('div')(({ theme }) => ({
  marginTop: theme.spacing(0.5),
  paddingLeft: 46,
  minHeight: 20,
}));

function sentenceOf(health: SystemHealth): HealthSentence | undefined {
  if (health.targets) return describeHealth(health.targets);
  if (!health.error) return undefined;
  return { state: 'unknown', text: 'The system health is unknown' };
}

/**
 * Says in one sentence whether everything is running.
 *
 * @param props.heading the heading level; `h1` if the page has no other
 */
export function HealthSummary(props: {
  health: SystemHealth;
  heading?: 'h1' | 'h2';
}) {
  const { health, heading = 'h1' } = props;
  const sentence = sentenceOf(health);
  return (
    <div role="status" aria-live="polite" aria-busy={sentence === undefined}>
      <Sentence as={heading}>
        {sentence ? (
          <>
            <StateIcon
              state={sentence.state}
              stale={health.stale}
              sizePx={34}
            />
            <span>{sentence.text}</span>
          </>
        ) : (
          <>
            <Skeleton variant="circular" width={34} height={34} />
            <Skeleton width="11ch" aria-label="Loading" />
          </>
        )}
      </Sentence>
      <Below>
        {health.targets ? <Freshness health={health} /> : health.error?.message}
      </Below>
    </div>
  );
}

/** {@link HealthSummary} of the running system. */
export function LiveHealthSummary() {
  return <HealthSummary health={useSystemHealth()} />;
}
