import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { describeCounts } from '@homelab/plugin-consumer-lag-common';
import type { GroupsInShort } from '@homelab/plugin-consumer-lag-common';
import {
  Panel,
  PanelTitle,
  SiteClockProvider,
  StatusIcon,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useLag } from '../../api';
import { rootRouteRef } from '../../routes';
import { DataAge, isOld } from '../DataAge';
import { GroupLines } from '../GroupLines';
import { SmallStates } from '../LagStates';

/** The page shows the rest. */
const maxGroups = 3;

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
  marginBottom: theme.spacing(1.5),
}));

const Sentence = styled('p')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1),
  margin: theme.spacing(0, 0, 1),
  fontSize: '1.125rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  overflowWrap: 'anywhere',
}));

const Quiet = styled('div')(({ theme }) => ({
  marginTop: theme.spacing(0.5),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

function Groups(props: { answer: GroupsInShort; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const { clusters, counts, worst } = answer;
  const stale = isOld(clusters, polled);
  const sentence = describeCounts(counts, worst[0]?.sentence);
  const troubled = worst.filter(
    ({ severity }) => severity === 'act' || severity === 'watch',
  );
  return (
    <>
      <Sentence>
        <StatusIcon tone={sentence.severity} stale={stale} sizePx={24} />
        <span>{sentence.text}</span>
      </Sentence>
      {troubled.length > 1 && <GroupLines groups={troubled} stale={stale} />}
      <Quiet>
        <DataAge clusters={clusters} polled={polled} />
      </Quiet>
    </>
  );
}

/** Whether all consumer groups keep up, and the worst three, for a home page. */
export function LagWidget() {
  const polled = useLag(queries => queries.groupsInShort(maxGroups));
  const link = useRouteRef(rootRouteRef);
  return (
    <SiteClockProvider clockOffsetMs={polled.clockOffsetMs}>
      <Panel aria-labelledby="consumer-lag-widget">
        <Head>
          <PanelTitle as="h2" id="consumer-lag-widget">
            Consumer lag
          </PanelTitle>
          {link && <Link to={link()}>Details</Link>}
        </Head>
        <SmallStates polled={polled} heightPx={64}>
          {answer => <Groups answer={answer} polled={polled} />}
        </SmallStates>
      </Panel>
    </SiteClockProvider>
  );
}
