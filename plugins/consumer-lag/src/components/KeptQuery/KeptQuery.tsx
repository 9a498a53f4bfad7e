import { useQueryValue } from '@homelab/portal-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Navigate, useLocation, useResolvedPath } from 'react-router-dom';

/**
 * Keeps the query of the address: all of it when the page redirects to its first tab, and the
 * chosen cluster from tab to tab. Backstage draws the tabs, whose links have no query.
 */
export function KeptQuery(props: { firstTab: string; children: ReactNode }) {
  const { pathname, search } = useLocation();
  const { pathname: root } = useResolvedPath('.');
  const rest = pathname.slice(root.length).replace(/^\/|\/$/g, '');
  useKeptCluster(rest);
  if (rest === '' && search !== '') {
    return <Navigate to={{ pathname: props.firstTab, search }} replace />;
  }
  return <>{props.children}</>;
}

/** @param tab the path below the page; only one of a single part is a list with a choice of clusters */
function useKeptCluster(tab: string) {
  const [cluster, setCluster] = useQueryValue('cluster');
  const kept = useRef<string | null>(null);
  const before = useRef(tab);
  useEffect(() => {
    const hasMoved = before.current !== tab;
    before.current = tab;
    if (tab.includes('/')) return;
    // Entering the page starts without a choice; choosing all clusters on it is a choice.
    const isKept = hasMoved && tab !== '' && cluster === null;
    if (isKept && kept.current !== null) setCluster(kept.current);
    else kept.current = cluster;
  }, [tab, cluster, setCluster]);
}
