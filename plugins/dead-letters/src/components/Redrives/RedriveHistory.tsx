import { useApi } from '@backstage/frontend-plugin-api';
import type { Redrive } from '@homelab/plugin-dead-letters-common';
import {
  Age,
  Panel,
  PanelTitle,
  reasonOf,
  useAction,
  userName,
  useSiteClock,
} from '@homelab/portal-react';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import {
  deadLettersApiRef,
  useDeadLetters,
  useRedrivesRefresh,
} from '../../api';
import { useActions } from '../../hooks/useActions';
import { RedriveProgress } from './RedriveProgress';
import { describeSelection, messages } from './redriveWords';
import { useRedrive } from './useRedrive';

const List = styled('ol')({ listStyle: 'none', margin: 0, padding: 0 });

const Item = styled('li')(({ theme }) => ({
  padding: theme.spacing(1.5, 0),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

/** Who sent which letters again, when, and with what result. */
export function RedriveHistory(props: {
  cluster: string;
  topic?: string;
  /** How many of the letters there were redriven, with any tool. */
  redriven: number;
}) {
  const { cluster, topic, redriven } = props;
  const api = useApi(deadLettersApiRef);
  const { answer, error } = useDeadLetters(queries =>
    queries.redrives({ cluster, topic }),
  );
  const [older, setOlder] = useState<{
    redrives: Redrive[];
    next: string | null;
  }>();
  const { run, isBusy, problem } = useAction();
  const next = older === undefined ? (answer?.nextCursor ?? null) : older.next;

  async function showOlder(before: string) {
    const page = await run(() => api.getRedrives({ cluster, topic, before }));
    if (page === undefined) return;
    setOlder(shown => ({
      redrives: [...(shown?.redrives ?? []), ...page.redrives],
      next: page.nextCursor,
    }));
  }

  return (
    <Panel aria-label="Sent again">
      <PanelTitle>Sent again</PanelTitle>
      {answer === undefined && error === undefined && (
        <Skeleton
          variant="rounded"
          height={56}
          aria-label="Loading what was sent again"
        />
      )}
      {answer === undefined && error && (
        <Quiet role="status">
          The list cannot be loaded: {reasonOf(error)}
        </Quiet>
      )}
      {answer?.redrives.length === 0 && (
        <Quiet>
          Nothing has been sent again from the portal yet.{' '}
          {redriven > 0 &&
            `${messages(redriven)} ${redriven === 1 ? 'was' : 'were'} sent again with another tool, such as the command line. `}
          Each redrive is listed here: who, what, when and with what result.
        </Quiet>
      )}
      <List>
        {[...(answer?.redrives ?? []), ...(older?.redrives ?? [])].map(
          redrive => (
            <Entry
              key={redrive.id}
              redrive={redrive}
              showsTopic={topic === undefined}
            />
          ),
        )}
      </List>
      {next !== null && (
        <Button disabled={isBusy} onClick={() => showOlder(next)}>
          Show older
        </Button>
      )}
      {problem !== null && <Quiet role="status">{problem}</Quiet>}
    </Panel>
  );
}

function Entry(props: { redrive: Redrive; showsTopic: boolean }) {
  const { redrive: action } = useActions();
  const refreshRedrives = useRedrivesRefresh();
  const [changed, setChanged] = useState<Redrive>();
  const { timeZone } = useSiteClock();
  const isChanged =
    changed !== undefined && changed.updatedAt >= props.redrive.updatedAt;
  const redrive =
    useRedrive(isChanged ? changed : props.redrive) ?? props.redrive;
  const { attempts, cancelledBy } = redrive;
  const people = [...new Set(attempts.map(({ by }) => userName(by)))];
  return (
    <Item>
      <RedriveProgress
        redrive={redrive}
        refusal={action.isAllowed ? null : action.reason}
        onChanged={answer => {
          setChanged(answer);
          refreshRedrives(answer.cluster);
        }}
      />
      <Quiet>
        {describeSelection(redrive.selection, timeZone)}
        {props.showsTopic && ` in ${redrive.topic}`}, by {people.join(' and ')},{' '}
        <Age at={redrive.createdAt} />
        {cancelledBy !== null && `, cancelled by ${userName(cancelledBy)}`}
      </Quiet>
    </Item>
  );
}
