import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/**
 * The title of the browser's tab while a page is shown: its parts, most specific first, then the
 * name of the portal, such as `Heating · Heat pump · Homelab`.
 */
export function usePageTitle(parts: readonly string[]): void {
  const app = useApi(configApiRef).getOptionalString('app.title');
  const title = [...parts, app ?? 'Backstage'].join(' · ');
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
