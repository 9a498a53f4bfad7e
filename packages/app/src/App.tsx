import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './home';
import { navModule } from './nav';
import { signInModule } from './sign-in';
import { themeModule } from './theme';

/**
 * Creates the portal. Plugins are found by `app.packages` in the configuration; only
 * what is the portal's own is listed here.
 */
export function createHomelabApp() {
  return createApp({
    features: [themeModule, navModule, signInModule, homeModule],
  });
}
