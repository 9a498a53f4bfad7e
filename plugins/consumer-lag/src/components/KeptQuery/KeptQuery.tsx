import { useQueryValue } from '@homelab/portal-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Navigate, useLocation, useResolvedPath } from 'react-router-dom';

/**
 * Keeps what the address says when the page changes: the whole query where the page sends on
 * to its first tab, and the chosen cluster from tab to tab. Stands around all tabs, which are
 * drawn by Backstage and know nothing of a query.
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

/** @param tab the path below the page; only a path of one part is a list with a choice of clusters */
function useKeptCluster(tab: string) {
  const [cluster, setCluster] = useQueryValue('cluster');
  const kept = useRef<string | null>(null);
  const before = useRef(tab);
  useEffect(() => {
    const hasMoved = before.current !== tab;
    before.current = tab;
    if (tab.includes('/')) return;
    // Whoever comes by the menu begins anew; whoever stays and chooses all has chosen.
    const isKept = hasMoved && tab !== '' && cluster === null;
    if (isKept && kept.current !== null) setCluster(kept.current);
    else kept.current = cluster;
  }, [tab, cluster, setCluster]);
}
