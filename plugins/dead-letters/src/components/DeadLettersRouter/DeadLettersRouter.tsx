import { Route, Routes } from 'react-router-dom';
import { DeadLettersPage } from '../DeadLettersPage';
import { LettersPage } from '../LettersPage';

/** The list of dead-letter topics, and the messages of each. */
export function DeadLettersRouter() {
  return (
    <Routes>
      <Route index element={<DeadLettersPage />} />
      <Route path=":cluster/:topic" element={<LettersPage />} />
    </Routes>
  );
}
