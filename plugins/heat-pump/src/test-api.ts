import type { History, House } from '@homelab/plugin-heat-pump-common';
import type { HouseFollower } from '@homelab/plugin-heat-pump-react';
import {
  testComparison,
  testCosts,
  testHeatPumpDays,
  testHistory,
  testHouse,
  testMeterDays,
  testPrices,
  testRuns,
  testSummary,
} from '@homelab/plugin-heat-pump-react/testing';
import type { HeatPumpApi } from './api';

async function refuse(): Promise<never> {
  throw new Error('Settings are switched off.');
}

/** An API whose live stream is in the hands of the test. */
export function createFakeApi(
  options: {
    house?: House;
    history?: History;
    historyError?: Error;
    /** Figures that differ from those of `test-figures`; they may reject. */
    figures?: Partial<HeatPumpApi>;
  } = {},
) {
  const followers = new Set<HouseFollower>();
  const requests: Parameters<HeatPumpApi['getHistory']>[0][] = [];
  const mayAnswer = Promise.withResolvers<void>();
  const figure =
    <T>(value: T) =>
    async () => {
      await mayAnswer.promise;
      return value;
    };
  const api: HeatPumpApi = {
    getSummary: figure(testSummary()),
    getRuns: async (_, asked = {}) => {
      await mayAnswer.promise;
      return { ...testRuns(), kind: asked.kind ?? 'compressor' };
    },
    getPrices: figure(testPrices()),
    getHeatPumpDays: figure(testHeatPumpDays()),
    getMeterDays: figure(testMeterDays()),
    getComparison: figure(testComparison()),
    getCost: figure(testCosts()),
    // Off, as by default: the panel of settings is not shown.
    getSettings: async id => ({
      device_id: id,
      enabled: false,
      reason: null,
      data: [],
    }),
    getCommands: async id => ({ device_id: id, truncated: false, data: [] }),
    previewSetting: refuse,
    changeSetting: refuse,
    undoSetting: refuse,
    ...options.figures,
    getHouse: async () => {
      await mayAnswer.promise;
      return options.house ?? testHouse();
    },
    getHistory: async request => {
      requests.push(request);
      await mayAnswer.promise;
      if (options.historyError) throw options.historyError;
      return options.history ?? testHistory({ stream: request.stream });
    },
    followHouse(follower) {
      followers.add(follower);
      follower.onConnection({ state: 'connecting' });
      if (options.house) {
        follower.onConnection({ state: 'open' });
        follower.onSnapshot(options.house);
      }
      return () => followers.delete(follower);
    },
  };
  return {
    api,
    requests,
    followers,
    /** Requests are answered from now on; the live stream needs no leave. */
    answer: () => mayAnswer.resolve(),
    tell(call: (follower: HouseFollower) => void) {
      for (const follower of followers) call(follower);
    },
  };
}
