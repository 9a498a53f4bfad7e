// The stylesheet of an app; here `dev` is the app.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import ReactDOM from 'react-dom/client';
import plugin from '../src';
import { fakeApiModule, scenarioModule } from './fakeApiModule';
import { playedCatalog, playedHome, signInAsGuest } from './playedHost';

// The pages without a backend: `yarn start`, then /consumer-lag; / has the widget, and
// /catalog/default/component/sink the card and the tab of an entity. The list in the corner
// chooses the scenario that the fake backend plays.
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
signInAsGuest();
ReactDOM.createRoot(root).render(
  createApp({
    features: [
      plugin,
      fakeApiModule,
      scenarioModule,
      playedCatalog,
      playedHome,
    ],
  }).createRoot(),
);
