import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  UnifiedThemeProvider,
} from '@backstage/theme';
import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import CssBaseline from '@mui/material/CssBaseline';
import GlobalStyles from '@mui/material/GlobalStyles';
import { createBuiVariables } from './bui-variables';
import { createComponentStyles } from './component-styles';
import { createPalette } from './palette';
import { darkTokens, fontFamily, lightTokens } from '@homelab/portal-react/ui';
import type { ThemeTokens } from '@homelab/portal-react/ui';

const heading = (fontSize: string) => ({
  fontSize,
  fontWeight: 600,
  marginBottom: 8,
});

const typography = {
  htmlFontSize: 16,
  fontFamily,
  h1: heading('1.75rem'),
  h2: heading('1.5rem'),
  h3: heading('1.25rem'),
  h4: heading('1.125rem'),
  h5: heading('1rem'),
  h6: heading('0.875rem'),
};

/** Creates one theme of the portal for Material UI 4 and 5 and for Backstage UI. */
function createTheme(tokens: ThemeTokens) {
  const flatHeader = genPageTheme({
    colors: [tokens.canvas, tokens.canvas],
    shape: 'none',
    options: { fontColor: tokens.text },
  });
  return createUnifiedTheme({
    palette: createPalette(tokens),
    fontFamily,
    typography,
    defaultPageTheme: 'home',
    pageTheme: { home: { ...flatHeader, backgroundImage: 'none' } },
    components: createComponentStyles(tokens),
  });
}

function globalStyles(tokens: ThemeTokens) {
  return {
    body: {
      ...createBuiVariables(tokens),
      fontFamily,
      backgroundColor: tokens.canvas,
      color: tokens.text,
      colorScheme: tokens.mode,
    },
    // Material UI 4 removes the outline of links and list items; keyboard users need it.
    ':focus-visible': {
      outline: `2px solid ${tokens.accent} !important`,
      outlineOffset: 2,
    },
    '@media (prefers-reduced-motion: reduce)': {
      '*, *::before, *::after': {
        animationDuration: '0.01ms !important',
        transitionDuration: '0.01ms !important',
      },
    },
  };
}

function themeExtension(options: {
  tokens: ThemeTokens;
  title: string;
  icon: JSX.Element;
}) {
  const { tokens, title, icon } = options;
  const theme = createTheme(tokens);
  const styles = globalStyles(tokens);
  return ThemeBlueprint.make({
    // Same names as the default themes, which these replace.
    name: tokens.mode,
    params: {
      theme: {
        id: tokens.mode,
        title,
        variant: tokens.mode,
        icon,
        Provider: ({ children }) => (
          <UnifiedThemeProvider theme={theme} themeName="homelab">
            <CssBaseline />
            <GlobalStyles styles={styles} />
            {children}
          </UnifiedThemeProvider>
        ),
      },
    },
  });
}

export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    themeExtension({
      tokens: lightTokens,
      title: 'Light',
      icon: <LightIcon />,
    }),
    themeExtension({ tokens: darkTokens, title: 'Dark', icon: <DarkIcon /> }),
  ],
});
