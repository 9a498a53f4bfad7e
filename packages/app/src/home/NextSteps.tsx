import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';

const steps = [
  {
    to: '/catalog',
    title: 'Catalog',
    text: 'Every part of the pipeline, its dependencies and its Kafka topics',
  },
  {
    to: '/docs/default/system/homelab',
    title: 'Documentation',
    text: 'How it works, supported devices, troubleshooting',
  },
  {
    to: '/api-docs',
    title: 'APIs',
    text: 'The messages of the pipeline and the HTTP APIs of the portal',
  },
  {
    to: '/docs/default/system/homelab/devices/',
    title: 'Connect your own devices',
    text: 'Connect a heat pump, meter or sensor to the broker',
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

/** Links from the home page to where newcomers continue. */
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
