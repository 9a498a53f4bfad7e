import type { ChunkState } from '@homelab/plugin-timescale-explorer-common';
import type { Theme } from '@mui/material/styles';

/** The ways of storing a chunk in words. */
export const stateWords: Readonly<Record<ChunkState, string>> = {
  rowstore: 'rowstore',
  columnstore: 'columnstore',
  partial: 'columnstore with later rows',
};

/** One colour per way of storing a chunk; each is 3:1 against the surface. */
export function chunkColour({ palette }: Theme, state: ChunkState): string {
  const isLight = palette.mode === 'light';
  switch (state) {
    case 'rowstore':
      return palette.primary.main;
    case 'columnstore':
      return isLight ? '#7A4FBF' : '#B79AE8';
    case 'partial':
      return palette.warning.main;
  }
}
