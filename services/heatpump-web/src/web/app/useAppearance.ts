import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect } from 'react';
import { usePreferences } from './preferences.ts';
import { themes } from './theme.ts';

/** Light or dark: what was chosen, else what the device prefers. */
export function useAppearance(): keyof typeof themes {
  const { appearance } = usePreferences();
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)', {
    noSsr: true,
  });
  const preferred = prefersDark ? 'dark' : 'light';
  const shown = appearance === 'auto' ? preferred : appearance;
  useEffect(() => {
    // Before the first paint the document follows the device.
    const colour = themes[shown].palette.background.default;
    document.documentElement.style.background = colour;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.setAttribute('content', colour);
  }, [shown]);
  return shown;
}
