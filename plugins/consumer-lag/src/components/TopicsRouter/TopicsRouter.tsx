import { Route, Routes } from 'react-router-dom';
import { TopicPage } from '../TopicPage';
import { TopicsPage } from '../TopicsPage';

/** The list of Kafka topics, and the page of each. */
export function TopicsRouter() {
  return (
    <Routes>
      <Route index element={<TopicsPage />} />
      <Route path=":cluster/:topic" element={<TopicPage />} />
    </Routes>
  );
}
