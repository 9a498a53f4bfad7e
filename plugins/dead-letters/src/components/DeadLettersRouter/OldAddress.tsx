import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Navigate, useLocation, useParams } from 'react-router-dom';
import { rootRouteRef } from '../../routes';

/** Redirects to the same path and query below the present page. */
export function OldAddress() {
  const { '*': rest = '' } = useParams();
  const { search } = useLocation();
  const root = useRouteRef(rootRouteRef)?.() ?? '/dead-letters';
  const path = rest === '' ? root : `${root}/${rest}`;
  return <Navigate replace to={{ pathname: path, search }} />;
}
