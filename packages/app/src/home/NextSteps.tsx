import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';

const steps = [
  {
    to: '/catalog',
    title: 'Catalog',
    text: 'Every part of the pipeline, who needs what, and its Kafka topics',
  },
  {
    to: '/docs/default/system/homelab',
    title: 'Documentation',
    text: 'How it works, which devices it reads, what to do when it does not',
  },
  {
    to: '/api-docs',
    title: 'APIs',
    text: 'The messages on the wire and the HTTP interfaces of the portal',
  },
  {
    to: '/docs/default/system/homelab/devices/',
    title: 'Connect your own devices',
    text: 'Point a heat pump, a meter or a sensor at the broker',
  },
] as const;

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
  gap: theme.spacing(1, 3),
}));

const Step = styled(Link)(({ theme }) => ({
  display: 'block',
  height: '100%',
  boxSizing: 'border-box',
  padding: theme.spacing(2, 0),
  borderTop: `1px solid ${theme.palette.divider}`,
  color: theme.palette.text.primary,
  '&:hover': {
    textDecoration: 'none',
    borderTopColor: theme.palette.primary.main,
  },
  '& strong': { color: theme.palette.primary.main, fontWeight: 600 },
  '& span': {
    display: 'block',
    marginTop: theme.spacing(0.5),
    color: theme.palette.text.secondary,
    lineHeight: 1.5,
  },
})) as typeof Link;

/** Where to go from the home page. */
export function NextSteps() {
  return (
    <nav aria-label="Where to go next">
      <List>
        {steps.map(({ to, title, text }) => (
          <li key={to}>
            <Step to={to}>
              <strong>{title}</strong>
              <span>{text}</span>
            </Step>
          </li>
        ))}
      </List>
    </nav>
  );
}
