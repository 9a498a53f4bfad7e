import type {
  Cluster,
  GroupSummary,
  Severity,
} from '@homelab/plugin-consumer-lag-common';
import { severities } from '@homelab/plugin-consumer-lag-common';
import {
  FilterBar,
  FilterChip,
  FilterChips,
  Panel,
  SearchField,
  StatusIcon,
  useQueryChange,
  useQueryValue,
  useSorting,
} from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { memo, useMemo } from 'react';
import {
  countSeverities,
  findGroups,
  groupColumns,
  parseSeverities,
  sortGroups,
} from './filterGroups';
import { GroupTable } from './GroupTable';

const severityWords: Record<Severity, string> = {
  act: 'Needs attention',
  watch: 'Watch',
  unknown: 'Unknown',
  ok: 'Fine',
};

const Nothing = styled('p')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(4, 0),
  textAlign: 'center',
  color: theme.palette.text.secondary,
}));

interface GroupListProps {
  groups: readonly GroupSummary[];
  clusters: readonly Cluster[];
  stale: boolean;
  nowMs: number;
}

/** The groups that match the URL's filters, in the URL's order. */
export const GroupList = memo(function DrawnGroupList(props: GroupListProps) {
  const { groups, clusters, stale, nowMs } = props;
  const [text, setText] = useQueryValue('q');
  const [chosen, setChosen] = useQueryValue('severity');
  const change = useQueryChange();
  const [sorting, setSorting] = useSorting(groupColumns, {
    by: 'worst',
    isFalling: true,
  });
  const wanted = parseSeverities(chosen);
  const found = useMemo(
    () => findGroups(groups, { text: text ?? '', cluster: null }),
    [groups, text],
  );
  const counts = countSeverities(found);
  const shown = sortGroups(
    found.filter(({ severity }) => wanted.size === 0 || wanted.has(severity)),
    sorting,
  );
  const toggle = (severity: Severity) => {
    if (!wanted.delete(severity)) wanted.add(severity);
    setChosen(wanted.size === 0 ? null : [...wanted].join(','));
  };
  return (
    <>
      <FilterBar role="search" aria-label="Filter groups">
        <SearchField
          label="Find group, topic or owner"
          value={text ?? ''}
          onChange={value => setText(value === '' ? null : value)}
        />
        <FilterChips>
          {severities.map(severity => (
            <FilterChip
              key={severity}
              aria-pressed={wanted.has(severity)}
              disabled={counts[severity] === 0 && !wanted.has(severity)}
              onClick={() => toggle(severity)}
            >
              <StatusIcon tone={severity} sizePx={18} />
              {severityWords[severity]} <strong>{counts[severity]}</strong>
            </FilterChip>
          ))}
        </FilterChips>
      </FilterBar>
      <Panel aria-label="Consumer groups">
        {shown.length === 0 ? (
          <Nothing>
            None of {groups.length} groups matches.{' '}
            <Button onClick={() => change({ q: null, severity: null })}>
              Show all
            </Button>
          </Nothing>
        ) : (
          <GroupTable
            groups={shown}
            clusters={clusters}
            stale={stale}
            nowMs={nowMs}
            sorting={sorting}
            onSort={setSorting}
          />
        )}
      </Panel>
    </>
  );
});
