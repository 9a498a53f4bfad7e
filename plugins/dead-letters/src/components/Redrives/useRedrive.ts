import { useApi } from '@backstage/frontend-plugin-api';
import type { Redrive } from '@homelab/plugin-dead-letters-common';
import { useEffect, useState } from 'react';
import { deadLettersApiRef } from '../../api';
import { isUnderWay } from './redriveWords';

const everyMs = 1_000;

/**
 * Follows a redrive to its end. A question that fails is asked again: the redrive goes on
 * whether or not this page hears of it.
 *
 * @param started what the backend answered last; `undefined` follows nothing
 */
export function useRedrive(started: Redrive | undefined): Redrive | undefined {
  const api = useApi(deadLettersApiRef);
  const [heard, setHeard] = useState<Redrive>();
  const latest = heard !== undefined && heard.id === started?.id;
  const redrive = latest && !isNewer(started, heard) ? heard : started;
  const isGoing = redrive !== undefined && isUnderWay(redrive);
  const { cluster, id } = redrive ?? {};
  useEffect(() => {
    if (!isGoing || cluster === undefined || id === undefined) return undefined;
    const cancel = new AbortController();
    const timer = setInterval(() => {
      if (document.hidden) return;
      api.getRedrive({ cluster, id }, { signal: cancel.signal }).then(
        answer => {
          if (!cancel.signal.aborted) setHeard(answer);
        },
        () => {},
      );
    }, everyMs);
    return () => {
      cancel.abort();
      clearInterval(timer);
    };
  }, [api, isGoing, cluster, id]);
  return redrive;
}

function isNewer(started: Redrive, heard: Redrive): boolean {
  return started.updatedAt > heard.updatedAt;
}
