import { Route, Routes } from 'react-router-dom';
import { GroupPage } from '../GroupPage';
import { GroupsPage } from '../GroupsPage';

/** The list of groups, and the page of each. */
export function GroupsRouter() {
  return (
    <Routes>
      <Route index element={<GroupsPage />} />
      <Route path=":cluster/:groupId" element={<GroupPage />} />
    </Routes>
  );
}
