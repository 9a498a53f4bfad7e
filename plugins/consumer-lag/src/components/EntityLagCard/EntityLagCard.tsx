import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { describeCounts } from '@homelab/plugin-consumer-lag-common';
import type { EntityInShort } from '@homelab/plugin-consumer-lag-common';
import { SiteClockProvider, StatusIcon } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useLag } from '../../api';
import { entityNameOf } from '../../api/entityNameOf';
import { DataAge, isOld } from '../DataAge';
import { GroupLines } from '../GroupLines';
import { SmallStates } from '../LagStates';

/** The tab shows the rest. */
const maxGroups = 4;

const Sentence = styled('p')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1),
  margin: theme.spacing(0, 0, 1),
  fontSize: '1rem',
  fontWeight: 600,
  lineHeight: 1.4,
  overflowWrap: 'anywhere',
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

function Groups(props: { answer: EntityInShort; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const { counts, worst, missing, clusters } = answer;
  const stale = isOld(clusters, polled);
  const sentence = describeCounts(counts, worst[0]?.sentence);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      {total > 0 && (
        <Sentence>
          <StatusIcon tone={sentence.severity} stale={stale} sizePx={22} />
          <span>{sentence.text}</span>
        </Sentence>
      )}
      <GroupLines groups={worst} stale={stale} />
      {total > worst.length && (
        <Quiet>and {total - worst.length} more on the tab</Quiet>
      )}
      {missing.length > 0 && (
        <Quiet>
          No group matches {missing.join(', ')}: either it has not committed
          yet, or the annotation is misspelled.
        </Quiet>
      )}
      <Quiet>
        <DataAge clusters={clusters} polled={polled} />
      </Quiet>
    </>
  );
}

/** A short list of an entity's consumer groups and their lag. */
export function EntityLagCard() {
  const { entity } = useEntity();
  const polled = useLag(queries =>
    queries.entityInShort({ ...entityNameOf(entity), limit: maxGroups }),
  );
  return (
    <SiteClockProvider clockOffsetMs={polled.clockOffsetMs}>
      <InfoCard title="Consumer lag">
        <SmallStates polled={polled} heightPx={88}>
          {answer => <Groups answer={answer} polled={polled} />}
        </SmallStates>
      </InfoCard>
    </SiteClockProvider>
  );
}
