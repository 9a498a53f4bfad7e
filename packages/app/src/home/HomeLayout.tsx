import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { styled } from '@mui/material/styles';
import { NextSteps } from './NextSteps';

/**
 * The widgets by extension id: is everything fine, how is the house doing, what is running.
 * Widgets of other plugins follow the house, which fills the space beside the long list.
 */
const leadWidget = 'home-page-widget:system-health/summary';
const houseWidget = 'home-page-widget:heat-pump/house';
const besideWidget = 'home-page-widget:system-health/targets';

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
  const others = widgets.filter(
    ({ node }) =>
      ![leadWidget, houseWidget, besideWidget].includes(node.spec.id),
  );
  const render = (shown: HomePageLayoutProps['widgets']) =>
    shown.map(({ node, component }) => (
      <div key={node.spec.id}>{component}</div>
    ));
  return (
    <Page>
      {render(slot(leadWidget))}
      <Columns>
        <Stack>{render([...slot(houseWidget), ...others])}</Stack>
        <Stack>{render(slot(besideWidget))}</Stack>
      </Columns>
      <NextSteps />
    </Page>
  );
}
