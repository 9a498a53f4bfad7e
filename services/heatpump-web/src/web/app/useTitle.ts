import { useEffect } from 'react';

/** Names what is shown in the title of the tab. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = `${words} – Home`;
  }, [words]);
}
