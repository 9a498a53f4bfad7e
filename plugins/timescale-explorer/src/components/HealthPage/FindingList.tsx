import type { Finding } from '@homelab/plugin-timescale-explorer-common';
import { focusRing, StatusIcon, VisuallyHidden } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { SqlBlock } from '../SqlBlock';

const words: Readonly<Record<Finding['severity'], string>> = {
  act: 'Act',
  watch: 'Watch',
  unknown: 'Unknown',
  ok: 'Fine',
};

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: theme.spacing(1, 0, 0),
  padding: 0,
}));

const Item = styled('li')(({ theme }) => ({
  borderTop: `1px solid ${theme.palette.divider}`,
  '&:first-of-type': { borderTop: 0 },
  '& summary': {
    ...focusRing(theme),
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 0),
    cursor: 'pointer',
    listStyle: 'none',
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
  },
  '& summary::-webkit-details-marker': { display: 'none' },
  '& summary::after': {
    content: '""',
    flex: 'none',
    width: 8,
    height: 8,
    margin: '5px 4px 0 auto',
    border: `solid ${theme.palette.text.secondary}`,
    borderWidth: '0 2px 2px 0',
    transform: 'rotate(45deg)',
  },
  '& details[open] summary::after': {
    transform: 'rotate(225deg)',
    marginTop: 9,
  },
  '& summary p': {
    margin: theme.spacing(0.25, 0, 0),
    fontSize: '0.875rem',
    color: theme.palette.text.secondary,
  },
}));

const Title = styled('span')({ fontWeight: 600 });

const Body = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(2),
  padding: theme.spacing(0, 0, 2, 4),
  minWidth: 0,
}));

const Evidence = styled('dl')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(1, 4),
  margin: 0,
  fontSize: '0.875rem',
  fontVariantNumeric: 'tabular-nums',
  '& dt': { fontSize: '0.75rem', color: theme.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
}));

/** Findings, the heaviest first; the first one is open. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <List aria-label="Findings">
      {findings.map((finding, index) => (
        <Item key={`${finding.kind} ${finding.object} ${finding.title}`}>
          <details open={index === 0 || undefined}>
            <summary>
              <StatusIcon tone={finding.severity} />
              <div>
                <VisuallyHidden>{words[finding.severity]}: </VisuallyHidden>
                <Title>{finding.title}</Title>
                <p>{finding.consequence}</p>
              </div>
            </summary>
            <Body>
              {finding.evidence.length > 0 && (
                <Evidence>
                  {finding.evidence.map(({ label, value }) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </Evidence>
              )}
              {finding.sql !== null && (
                <SqlBlock label={`Mends: ${finding.title}`} sql={finding.sql} />
              )}
            </Body>
          </details>
        </Item>
      ))}
    </List>
  );
}
