import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { styled } from '@mui/material/styles';
import { NextSteps } from './NextSteps';

/**
 * The order of the page: is everything fine, how is the house doing, what is running. Widgets are
 * identified by extension id; widgets of other plugins follow.
 */
const leadWidget = 'home-page-widget:system-health/summary';
/** Next to the house: what is running, and whether consumers keep up. */
const besideWidgets = [
  'home-page-widget:system-health/targets',
  'home-page-widget:consumer-lag/groups',
];

const Page = styled('main')(({ theme }) => ({
  boxSizing: 'border-box',
  width: '100%',
  maxWidth: 1360,
  padding: theme.spacing(4, 2.5, 8),
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(4),
  [theme.breakpoints.down('sm')]: {
    padding: theme.spacing(3, 2, 10),
    gap: theme.spacing(3),
  },
}));

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(3),
  gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
  alignItems: 'start',
  [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const Stack = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
  minWidth: 0,
}));

/** The home page: the plugins' widgets, most important first. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const slot = (id: string) =>
    widgets.filter(({ node }) => node.spec.id === id);
  const house = widgets.filter(
    ({ node }) => ![leadWidget, ...besideWidgets].includes(node.spec.id),
  );
  const render = (shown: HomePageLayoutProps['widgets']) =>
    shown.map(({ node, component }) => (
      <div key={node.spec.id}>{component}</div>
    ));
  return (
    <Page>
      {render(slot(leadWidget))}
      <Columns>
        <Stack>{render(house)}</Stack>
        <Stack>{render(besideWidgets.flatMap(slot))}</Stack>
      </Columns>
      <NextSteps />
    </Page>
  );
}
