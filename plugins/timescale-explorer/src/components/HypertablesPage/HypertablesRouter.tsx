import { Route, Routes } from 'react-router-dom';
import { HypertablePage } from '../HypertablePage';
import { HypertablesPage } from './HypertablesPage';

/** The list of hypertables, and the page of each. */
export function HypertablesRouter() {
  return (
    <Routes>
      <Route index element={<HypertablesPage />} />
      <Route path=":schema/:name" element={<HypertablePage />} />
    </Routes>
  );
}
