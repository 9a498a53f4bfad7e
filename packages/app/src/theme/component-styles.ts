import type { UnifiedThemeOptions } from '@backstage/theme';
import type { ThemeTokens } from '@homelab/portal-react/ui';

/** The navigation: quiet labels that are never truncated, hairlines as elsewhere. */
function createSidebarStyles(tokens: ThemeTokens) {
  return {
    BackstageSidebar: {
      styleOverrides: {
        drawer: { borderRight: `1px solid ${tokens.border}` },
      },
    },
    BackstageSidebarItem: {
      styleOverrides: {
        root: { height: 44 },
        label: { fontWeight: 500, width: 'auto' },
        selected: { '& [class*="label"]': { fontWeight: 600 } },
      },
    },
    // The bottom bar on phones. Doubled selectors, because its own styles are inserted later.
    MuiBottomNavigation: {
      styleOverrides: {
        root: { '&&': { height: 60, borderTop: `1px solid ${tokens.border}` } },
      },
    },
    MuiBottomNavigationAction: {
      styleOverrides: {
        root: {
          '&&': { margin: 0, minWidth: 0, flex: 1, padding: '6px 0 8px' },
          '& svg': { fontSize: 24 },
        },
        label: {
          '&&': {
            display: 'block',
            opacity: 1,
            border: 0,
            fontSize: '0.75rem',
            whiteSpace: 'nowrap',
          },
        },
      },
    },
  };
}

/**
 * Flattens Backstage's Material UI components to match the portal: hairlines instead
 * of shadows, no stripes, no capitals.
 */
export function createComponentStyles(
  tokens: ThemeTokens,
): UnifiedThemeOptions['components'] {
  const hairline = `1px solid ${tokens.border}`;
  return {
    ...createSidebarStyles(tokens),
    CatalogReactUserListPicker: {
      styleOverrides: { root: { backgroundColor: 'transparent' } },
    },
    // The default padding pushes the last columns of the catalog out of their card.
    BackstageTableHeader: { styleOverrides: { header: { padding: 8 } } },
    MuiTableCell: {
      styleOverrides: {
        // Whole words; the default style breaks names in the middle.
        root: { wordBreak: 'normal', lineHeight: 1.4, padding: '12px 8px' },
        sizeSmall: { padding: '8px' },
        head: { wordBreak: 'normal', lineHeight: 1.4 },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: {
        root: { backgroundImage: 'none' },
        rounded: { borderRadius: 10 },
        elevation1: { boxShadow: 'none', border: hairline },
        elevation2: { boxShadow: 'none', border: hairline },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: {
          '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
          borderBottom: hairline,
        },
        head: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
      },
    },
    MuiButton: {
      styleOverrides: {
        root: { textTransform: 'none', borderRadius: 8, fontWeight: 600 },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          backgroundColor: tokens.surfaceRaised,
          color: tokens.text,
          borderRadius: 6,
        },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          letterSpacing: 0,
          color: tokens.textQuiet,
          '&:hover': { background: 'transparent', color: tokens.text },
        },
      },
    },
    MuiTooltip: {
      styleOverrides: {
        tooltip: { fontSize: '0.8125rem', padding: '6px 10px' },
      },
    },
  };
}
