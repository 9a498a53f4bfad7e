import { dialects } from './index.ts';
import type { GoldenMessage } from './golden-message.ts';

const modules = await Promise.all(dialects.map(({ golden }) => golden()));

/** Messages of every dialect, valid and broken, with their expected results. */
export const goldenMessages: readonly GoldenMessage[] = modules.flatMap(
  ({ messages }) => messages,
);
