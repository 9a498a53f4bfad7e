import type { HeatPumpWarning } from '@homelab/homelab-api-client';
import {
  formatDayTime,
  Panel,
  PanelTitle,
  StatusIcon,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { advice } from './advice';

const List = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(2),
  margin: theme.spacing(2, 0, 0),
  padding: 0,
  listStyle: 'none',
}));

const Item = styled('li')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1.5),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  '& > div': { minWidth: 0, maxWidth: '75ch', overflowWrap: 'anywhere' },
}));

const Quiet = styled('span')(({ theme }) => ({
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

function OneWarning({ warning }: { warning: HeatPumpWarning }) {
  const { kind, severity, at, active, title, evidence } = warning;
  const { timeZone } = useSiteClock();
  const tone = severity === 'critical' ? 'act' : 'watch';
  return (
    <Item>
      <StatusIcon tone={active ? tone : 'unknown'} />
      <div>
        <strong>{title}</strong>
        {evidence !== null && `: ${evidence}`}
        <br />
        {active && (
          <>
            What to do: {advice[kind]}
            <br />
          </>
        )}
        <Quiet>
          {active ? 'since ' : 'over; it began '}
          {formatDayTime(at, timeZone)}
        </Quiet>
      </div>
    </Item>
  );
}

/** What the readings of the last day warn of, and what to do; nothing while there is nothing. */
export function Warnings(props: { warnings: readonly HeatPumpWarning[] }) {
  const serious = props.warnings.filter(({ severity }) => severity !== 'info');
  const listed = [
    ...serious.filter(({ active }) => active),
    ...serious.filter(({ active }) => !active),
  ];
  if (listed.length === 0) return null;
  const activeCount = serious.filter(({ active }) => active).length;
  return (
    <Panel aria-label="Warnings">
      <PanelTitle>
        {activeCount > 0
          ? 'Needs attention'
          : 'Warnings of the last 24 hours, all over'}
      </PanelTitle>
      <List>
        {listed.map(warning => (
          <OneWarning key={`${warning.kind} ${warning.at}`} warning={warning} />
        ))}
      </List>
    </Panel>
  );
}
