/**
 * Writes the pages that are derived from the telemetry package. `--check` only compares, and
 * fails when a page is stale.
 */
import { join } from 'node:path';
import { writeOrCheck } from '../catalog/generated-files.mts';
import { measurementsPage, topicsPage } from './pages.mts';

const docs = join(import.meta.dirname, 'docs');

void writeOrCheck(
  new Map([
    [join(docs, 'topics.md'), topicsPage()],
    [join(docs, 'measurements.md'), measurementsPage()],
  ]),
  {
    arguments: process.argv.slice(2),
    command: 'node techdocs/generate.mts',
  },
).then(exitCode => {
  process.exitCode = exitCode;
});
