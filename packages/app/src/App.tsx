import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './home';
import { navModule } from './nav';
import { signInModule } from './sign-in';
import { themeModule } from './theme';

/**
 * Creates the portal. `app.packages` in the configuration discovers the plugins; only the
 * portal's own modules are listed here.
 */
export function createHomelabApp() {
  return createApp({
    features: [themeModule, navModule, signInModule, homeModule],
  });
}
