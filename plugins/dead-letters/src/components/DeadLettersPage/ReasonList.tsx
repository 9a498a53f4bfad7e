import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { formatCount } from '@homelab/portal-common';
import type { LetterGroup } from '@homelab/plugin-dead-letters-common';
import { whenNarrow } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { TopicRef } from '../../api';
import { lettersRouteRef } from '../../routes';

const List = styled('ul')(({ theme }) => ({
  margin: theme.spacing(1.5, 0, 0),
  padding: 0,
  listStyle: 'none',
  fontSize: '0.875rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 300px) minmax(0, 1fr) 208px',
    gridTemplateAreas: '"name bar count"',
    gap: theme.spacing(0.5, 2),
    alignItems: 'center',
    padding: theme.spacing(0.5, 0),
  },
  '& .name': { gridArea: 'name', overflowWrap: 'anywhere' },
  '& .bar': { gridArea: 'bar' },
  '& .count': { gridArea: 'count', textAlign: 'right' },
  [whenNarrow]: {
    '& li': {
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      gridTemplateAreas: '"name count" "bar bar"',
    },
  },
}));

const Bar = styled('span')(({ theme }) => ({
  display: 'flex',
  height: 10,
  borderRadius: 3,
  overflow: 'hidden',
  '& > :first-of-type': {
    background: theme.palette.text.secondary,
    opacity: 0.7,
  },
  '& > :last-of-type': { background: theme.palette.divider },
}));

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

/** Why messages failed, the most frequent reason first; each links to its messages. */
export function ReasonList(props: {
  topic: TopicRef;
  groups: readonly LetterGroup[];
}) {
  const { topic, groups } = props;
  const link = useRouteRef(lettersRouteRef);
  const most = Math.max(
    1,
    ...groups.map(({ waiting, redriven }) => waiting + redriven),
  );
  return (
    <List aria-label={`Reasons in ${topic.topic}`}>
      {groups.map(group => {
        const { code, isRest, waiting, redriven } = group;
        const query = isRest ? '' : `?code=${encodeURIComponent(code)}`;
        return (
          <li key={code}>
            <span className="name">
              <Link to={`${link?.({ ...topic }) ?? ''}${query}`}>
                {group.reason}
              </Link>
            </span>
            <Bar className="bar" aria-hidden>
              <span style={{ width: `${(waiting / most) * 100}%` }} />
              <span style={{ width: `${(redriven / most) * 100}%` }} />
            </Bar>
            <span className="count">
              {formatCount(waiting)} <Quiet>waiting</Quiet>
              {redriven > 0 && (
                <Quiet>, {formatCount(redriven)} sent again</Quiet>
              )}
            </span>
          </li>
        );
      })}
    </List>
  );
}
