import { fontFamily } from '@homelab/portal-react/ui';
import type { ThemeTokens } from '@homelab/portal-react/ui';

/** The tokens as the custom properties that Backstage UI components read. */
export function createBuiVariables(
  tokens: ThemeTokens,
): Record<string, string> {
  return {
    '--bui-font-regular': fontFamily,
    '--bui-ring': tokens.accent,
    '--bui-bg-app': tokens.canvas,
    '--bui-bg-neutral-1': tokens.surface,
    '--bui-bg-neutral-2': tokens.surfaceRaised,
    '--bui-bg-neutral-3': tokens.surface,
    '--bui-bg-neutral-4': tokens.surfaceRaised,
    '--bui-fg-primary': tokens.text,
    '--bui-fg-secondary': tokens.textQuiet,
    '--bui-fg-disabled': tokens.textDisabled,
    '--bui-fg-positive': tokens.ok,
    '--bui-fg-negative': tokens.act,
    '--bui-fg-warning': tokens.watch,
    '--bui-fg-announcement': tokens.accent,
    '--bui-border-1': tokens.border,
    '--bui-border-2': tokens.borderStrong,
    '--bui-accent-bg': tokens.accent,
    '--bui-accent-bg-hover': tokens.accentHover,
    '--bui-accent-fg': tokens.onAccent,
  };
}
