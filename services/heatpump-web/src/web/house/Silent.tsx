import { SilenceNotice } from '@homelab/plugin-heat-pump-react';
import { silenceOf } from './connection.ts';
import { useOnline } from './useOnline.ts';
import type { House } from './useHouse.ts';

/** Says which device or gateway is silent, while everything behind them works. */
export function Silent({ house }: { house: House }) {
  const { heatPump, meter, heatPumps, meters, rooms } = house;
  const { link } = silenceOf(house.state, useOnline());
  if (link !== 'none') return null;
  return (
    <SilenceNotice
      readings={[...heatPumps, ...meters, ...rooms]}
      devices={[heatPump, meter].flatMap(one => one?.deviceId ?? [])}
    />
  );
}
