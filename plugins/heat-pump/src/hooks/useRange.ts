import { defaultRange, isRangeName } from '@homelab/plugin-heat-pump-react';
import type { RangeName } from '@homelab/plugin-heat-pump-react';
import { useQueryValue } from '@homelab/portal-react';
import { useCallback } from 'react';

/** The selected range; kept in the URL, so that a link reproduces the view. */
export function useRange(): [RangeName, (name: RangeName) => void] {
  const [text, setText] = useQueryValue('range');
  const setRange = useCallback(
    (name: RangeName) => setText(name === defaultRange ? null : name),
    [setText],
  );
  return [isRangeName(text) ? text : defaultRange, setRange];
}
