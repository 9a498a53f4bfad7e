import { darkTokens, fontFamily, lightTokens } from '@homelab/portal-react/ui';
import type { ThemeTokens } from '@homelab/portal-react/ui';
import { createTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';

/** Makes a theme of the page from the tokens that it shares with the portal. */
function themeOf(tokens: ThemeTokens): Theme {
  return createTheme({
    palette: {
      mode: tokens.mode,
      background: { default: tokens.canvas, paper: tokens.surface },
      text: {
        primary: tokens.text,
        secondary: tokens.textQuiet,
        disabled: tokens.textDisabled,
      },
      divider: tokens.border,
      primary: {
        main: tokens.accent,
        dark: tokens.accentHover,
        contrastText: tokens.onAccent,
      },
      error: { main: tokens.act },
      warning: { main: tokens.watch },
      success: { main: tokens.ok },
      action: { hover: tokens.surfaceRaised, selected: tokens.accentFill },
    },
    shape: { borderRadius: 10 },
    typography: { fontFamily, button: { textTransform: 'none' } },
    components: {
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: {
          root: {
            '&:focus-visible': {
              outline: `2px solid ${tokens.accent}`,
              outlineOffset: 2,
            },
          },
        },
      },
      MuiButton: {
        styleOverrides: {
          root: { minHeight: 44, fontWeight: 600, boxShadow: 'none' },
        },
      },
      MuiOutlinedInput: {
        styleOverrides: {
          notchedOutline: { borderColor: tokens.borderStrong },
        },
      },
    },
  });
}

/** The two themes, designed together. */
export const themes = {
  light: themeOf(lightTokens),
  dark: themeOf(darkTokens),
} as const;
