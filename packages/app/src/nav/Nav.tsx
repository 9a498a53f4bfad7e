import {
  Link,
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
  useSidebarOpenState,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import MenuIcon from '@mui/icons-material/Menu';
import { styled } from '@mui/material/styles';
import { Logo } from './Logo';

/**
 * The pages in a phone's bottom bar, in order: what a household looks at first. Five names must
 * fit side by side in 320 pixels, so some are shortened there.
 */
const firstPages = [
  { id: 'page:home' },
  { id: 'page:heat-pump' },
  { id: 'page:system-health', shortTitle: 'Health' },
  { id: 'page:notifications', shortTitle: 'Alerts' },
];
/** The rest of the order; pages not listed here follow. */
const nextPages = [
  'page:heat-pump/rooms',
  'page:consumer-lag',
  'page:dead-letters',
  'page:timescale-explorer',
  'page:catalog',
  'page:api-docs',
  'page:techdocs',
  'page:search',
];
const lastPage = 'page:user-settings';
/** Pages that only make sense when reached from another page. */
const hiddenPages = ['page:catalog-graph'];

// Doubled for a higher specificity than the colours of the underlying link.
const brandLink = '&&';

const Brand = styled(Link)(({ theme }) => ({
  [brandLink]: { color: theme.palette.text.primary, textDecoration: 'none' },
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(1.5),
  height: 72,
  paddingLeft: 22,
  fontSize: '1.0625rem',
  fontWeight: 600,
  whiteSpace: 'nowrap',
})) as typeof Link;

function BrandLink() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Brand to="/" aria-label="Homelab, home page">
      <Logo />
      {isOpen && 'Homelab'}
    </Brand>
  );
}

function NavItem({ item }: { item: NavContentNavItem }) {
  return (
    <SidebarItem to={item.href} icon={() => item.icon} text={item.title} />
  );
}

function takeAll(
  navItems: NavContentComponentProps['navItems'],
  ids: readonly string[],
): NavContentNavItem[] {
  return ids.flatMap(id => navItems.take(id) ?? []);
}

/**
 * The portal's navigation: a sidebar, or on a phone a bottom bar with the first pages and
 * everything else under "Menu".
 */
export function Nav({ navItems }: NavContentComponentProps) {
  const items = navItems.clone();
  const first = firstPages.flatMap(({ id, shortTitle }) =>
    takeAll(items, [id]).map(item => ({ item, shortTitle })),
  );
  const next = takeAll(items, nextPages);
  const last = takeAll(items, [lastPage]);
  takeAll(items, hiddenPages);
  const others = [...items.rest()].sort((a, b) =>
    a.title.localeCompare(b.title),
  );
  return (
    <Sidebar>
      <BrandLink />
      {first.map(({ item, shortTitle = item.title }) => (
        <SidebarGroup
          key={item.node.spec.id}
          label={shortTitle}
          icon={item.icon}
          to={item.href}
        >
          <NavItem item={item} />
        </SidebarGroup>
      ))}
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {[...next, ...others].map(item => (
          <NavItem key={item.node.spec.id} item={item} />
        ))}
        <SidebarSpace />
        {last.map(item => (
          <NavItem key={item.node.spec.id} item={item} />
        ))}
      </SidebarGroup>
    </Sidebar>
  );
}
