import { createLogger } from '@homelab/service-kit';
import type { Logger, LogLevel } from '@homelab/service-kit';

/** A logged line. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Creates a logger that keeps its lines in memory for a test to read. */
export function createMemoryLog(options: { level?: LogLevel } = {}): {
  readonly logger: Logger;
  readonly lines: readonly LogLine[];
} {
  const lines: LogLine[] = [];
  const logger = createLogger({
    component: 'test',
    level: options.level ?? 'debug',
    destination: {
      write(text: string) {
        lines.push(JSON.parse(text));
      },
    },
  });
  return { logger, lines };
}
