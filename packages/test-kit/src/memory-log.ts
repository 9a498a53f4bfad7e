import { createLogger } from '@homelab/service-kit';
import type { Logger, LogLevel } from '@homelab/service-kit';

/** A line as it was logged. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Creates a logger that keeps its lines in memory, to be read by a test. */
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
