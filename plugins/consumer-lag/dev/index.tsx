import { createApp } from '@backstage/frontend-defaults';
import ReactDOM from 'react-dom/client';
import plugin from '../src';
import { fakeApiModule, scenarioModule } from './fakeApiModule';

// The pages without a backend: `yarn start`, then /consumer-lag. The list in the corner
// chooses what the fake backend answers.
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
ReactDOM.createRoot(root).render(
  createApp({ features: [plugin, fakeApiModule, scenarioModule] }).createRoot(),
);
