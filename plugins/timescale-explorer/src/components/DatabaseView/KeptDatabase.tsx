import { useQueryValue } from '@homelab/portal-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** Keeps the chosen database from tab to tab, whose links have no query. */
export function KeptDatabase(props: { children: ReactNode }) {
  const [database, setDatabase] = useQueryValue('db');
  const kept = useRef<string | null>(null);
  useEffect(() => {
    if (database !== null) kept.current = database;
    else if (kept.current !== null) setDatabase(kept.current);
  }, [database, setDatabase]);
  return <>{props.children}</>;
}
