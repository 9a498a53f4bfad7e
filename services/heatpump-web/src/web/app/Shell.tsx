import { VisuallyHidden, ViewWidth } from '@homelab/portal-react/ui';
import HeatPumpIcon from '@mui/icons-material/HeatPumpOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import RoomsIcon from '@mui/icons-material/ThermostatOutlined';
import HistoryIcon from '@mui/icons-material/ShowChartOutlined';
import NotFoundIcon from '@mui/icons-material/SearchOffOutlined';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import { styled } from '@mui/material/styles';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ElementType } from 'react';
import { StateMessage } from '@homelab/portal-react/ui';
import { Link, Route, Switch, useLocation } from 'wouter';
import { HomeView } from '../home/HomeView.tsx';
import { ConnectionBar } from '../house/ConnectionBar.tsx';
import { useHouse } from '../house/useHouse.ts';
import { ViewSkeleton } from './ViewSkeleton.tsx';

const HeatPumpView = lazy(() =>
  import('../heat-pump/HeatPumpView.tsx').then(m => ({
    default: m.HeatPumpView,
  })),
);
const HistoryView = lazy(() =>
  import('../history/HistoryView.tsx').then(m => ({ default: m.HistoryView })),
);
const RoomsView = lazy(() =>
  import('../rooms/RoomsView.tsx').then(m => ({ default: m.RoomsView })),
);
const SettingsView = lazy(() =>
  import('../settings/SettingsView.tsx').then(m => ({
    default: m.SettingsView,
  })),
);

/** From here on the navigation is a rail beside the view. */
const whenWide = '@media (min-width: 760px)';

const Frame = styled('div')({
  minHeight: '100dvh',
  display: 'flex',
  flexDirection: 'column',
  [whenWide]: { flexDirection: 'row' },
});

const Skip = styled('a')(({ theme }) => ({
  position: 'absolute',
  left: 8,
  top: -64,
  zIndex: 3,
  padding: theme.spacing(1.5, 2),
  borderRadius: 10,
  background: theme.palette.primary.main,
  color: theme.palette.primary.contrastText,
  fontWeight: 600,
  '&:focus': { top: 8 },
}));

const Nav = styled('nav')(({ theme }) => ({
  position: 'sticky',
  bottom: 0,
  zIndex: 2,
  order: 2,
  display: 'flex',
  justifyContent: 'space-around',
  paddingBottom: 'env(safe-area-inset-bottom)',
  background: theme.palette.background.paper,
  borderTop: `1px solid ${theme.palette.divider}`,
  [whenWide]: {
    order: 0,
    position: 'sticky',
    top: 0,
    bottom: 'auto',
    height: '100dvh',
    boxSizing: 'border-box',
    width: 104,
    flex: 'none',
    flexDirection: 'column',
    justifyContent: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(3, 1),
    background: 'transparent',
    borderTop: 0,
  },
}));

const Item = styled(Link)(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  justifyContent: 'center',
  gap: 2,
  flex: 1,
  minWidth: 0,
  minHeight: 60,
  color: theme.palette.text.secondary,
  textDecoration: 'none',
  // Five of them fit the narrowest phone.
  fontSize: 'clamp(0.6875rem, 3vw, 0.75rem)',
  whiteSpace: 'nowrap',
  lineHeight: 1.3,
  fontWeight: 500,
  borderRadius: 14,
  '& > span': {
    display: 'grid',
    placeItems: 'center',
    width: 56,
    height: 30,
    borderRadius: 15,
    transition: 'background 150ms',
  },
  '& svg': { fontSize: 24 },
  '&[aria-current]': { color: theme.palette.text.primary, fontWeight: 600 },
  '&[aria-current] > span': {
    background: theme.palette.action.selected,
    color: theme.palette.primary.main,
  },
  '&:hover > span': { background: theme.palette.action.hover },
  '&[aria-current]:hover > span': { background: theme.palette.action.selected },
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -3,
  },
  [whenWide]: { flex: 'none', minHeight: 68, fontSize: '0.8125rem' },
}));

const Main = styled('main')(({ theme }) => ({
  flex: 1,
  order: 1,
  minWidth: 0,
  padding: theme.spacing(2),
  paddingTop: `max(${theme.spacing(2)}, env(safe-area-inset-top))`,
  outline: 'none',
  [whenWide]: { padding: theme.spacing(3, 4, 4, 2) },
}));

const Column = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(2),
  maxWidth: 1280,
  margin: '0 auto',
}));

const views: readonly { path: string; label: string; icon: ElementType }[] = [
  { path: '/', label: 'Home', icon: HomeIcon },
  { path: '/heat-pump', label: 'Heat pump', icon: HeatPumpIcon },
  { path: '/rooms', label: 'Rooms', icon: RoomsIcon },
  { path: '/history', label: 'History', icon: HistoryIcon },
  { path: '/settings', label: 'Settings', icon: SettingsIcon },
];

function NotFound() {
  return (
    <StateMessage icon={NotFoundIcon} title="There is no such page">
      <Link href="/">Go to the house</Link>
    </StateMessage>
  );
}

/** The navigation around the views; on a phone below them, else beside them. */
export function Shell() {
  const [path] = useLocation();
  const { state } = useHouse();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  const label = views.find(view => view.path === path)?.label ?? 'Not found';
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    // Screen readers begin to read the new view.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <Frame>
      <Skip href="#view">Skip to the content</Skip>
      <Main id="view" ref={main} tabIndex={-1}>
        <ViewWidth>
          <Column>
            <VisuallyHidden>
              <h1>{label}</h1>
            </VisuallyHidden>
            <ConnectionBar state={state} />
            <Suspense fallback={<ViewSkeleton label={label} />}>
              <Switch>
                <Route path="/" component={HomeView} />
                <Route path="/heat-pump" component={HeatPumpView} />
                <Route path="/rooms" component={RoomsView} />
                <Route path="/history" component={HistoryView} />
                <Route path="/settings" component={SettingsView} />
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </Column>
        </ViewWidth>
      </Main>
      <Nav aria-label="Views">
        {views.map(({ path: to, label: words, icon: Icon }) => (
          <Item
            key={to}
            href={to}
            aria-current={path === to ? 'page' : undefined}
          >
            <span>
              <Icon aria-hidden />
            </span>
            {words}
          </Item>
        ))}
      </Nav>
    </Frame>
  );
}
