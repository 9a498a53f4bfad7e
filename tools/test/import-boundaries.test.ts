import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Imports that must be refused: from, to, and the rule that refuses them. */
const refused = [
  ['services/a/src/app.ts', 'services/b/src/index.ts', 'service-stands-alone'],
  ['services/a/src/app.ts', 'plugins/b/src/index.ts', 'service-stands-alone'],
  [
    'plugins/a/src/plugin.ts',
    'services/b/src/index.ts',
    'plugin-imports-no-service',
  ],
  [
    'plugins/a/src/plugin.ts',
    'plugins/b/src/index.ts',
    'plugin-families-share-common-only',
  ],
  [
    'plugins/a/src/plugin.ts',
    'packages/service-kit/src/index.ts',
    'frontend-has-no-node',
  ],
  [
    'plugins/a-common/src/a.ts',
    'node_modules/react/index.js',
    'common-has-no-react',
  ],
  [
    'packages/telemetry/src/a.ts',
    'packages/service-kit/src/index.ts',
    'telemetry-imports-nothing-of-ours',
  ],
  ['packages/telemetry/src/a.ts', 'node:fs', 'common-is-isomorphic'],
  ['packages/heat-pump/src/a.ts', 'node:fs', 'common-is-isomorphic'],
  [
    'packages/heat-pump/src/a.ts',
    'packages/timescale-schema/src/index.ts',
    'heat-pump-imports-telemetry-only',
  ],
  [
    'packages/service-kit/src/a.ts',
    'packages/telemetry/src/index.ts',
    'service-kit-imports-nothing-of-ours',
  ],
  [
    'packages/timescale-schema/src/a.ts',
    'plugins/b-common/src/index.ts',
    'schema-imports-libraries-only',
  ],
  [
    'packages/dead-letters/src/a.ts',
    'packages/timescale-schema/src/index.ts',
    'dead-letters-imports-libraries-only',
  ],
  [
    'plugins/a/src/plugin.ts',
    'packages/dead-letters/src/index.ts',
    'frontend-has-no-node',
  ],
  [
    'services/a/src/app.ts',
    'packages/dead-letters/src/index.ts',
    'service-stands-alone',
  ],
  [
    'services/a/src/app.ts',
    'packages/test-kit/src/index.ts',
    'only-tests-import-test-kit',
  ],
  [
    'services/a/src/app.ts',
    'packages/telemetry/src/streams.ts',
    'import-packages-by-name',
  ],
  [
    'packages/portal-react/src/ui.ts',
    'node_modules/@backstage/errors/index.js',
    'shared-pages-without-backstage',
  ],
  ['tools/src/commands/a.ts', 'bench/src/figures.ts', 'nothing-imports-bench'],
  ['bench/src/a.ts', 'tools/src/ports.ts', 'import-packages-by-name'],
  ['services/c/src/one.ts', 'services/c/src/two.ts', 'no-cycle'],
] as const;

/** The way back of the cycle above, which is reported once. */
const backImport = ['services/c/src/two.ts', 'services/c/src/one.ts'] as const;

/** Imports that must stay possible. */
const allowed = [
  ['services/d/src/app.ts', 'packages/telemetry/src/index.ts'],
  ['services/d/test/app.int.test.ts', 'packages/test-kit/src/index.ts'],
  ['plugins/d/src/plugin.ts', 'plugins/b-common/src/index.ts'],
  ['plugins/d-backend/src/plugin.ts', 'packages/service-kit/src/index.ts'],
  ['plugins/d-backend/src/plugin.ts', 'packages/dead-letters/src/index.ts'],
  ['tools/src/commands/a.ts', 'packages/dead-letters/src/index.ts'],
  ['bench/src/a.ts', 'tools/src/index.ts'],
] as const;

interface CruiseReport {
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[];
  };
}

const folder = mkdtempSync(join(tmpdir(), 'homelab-boundaries-'));
let report: CruiseReport;

function writeImport(from: string, to: string, name: string) {
  const specifier = to.startsWith('node:') ? to : relative(dirname(from), to);
  mkdirSync(dirname(join(folder, from)), { recursive: true });
  appendFileSync(
    join(folder, from),
    `import * as ${name} from '${specifier.replace(/^(?=[^.n])/, './')}';\nexport { ${name} };\n`,
  );
  if (to.startsWith('node:')) return;
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  appendFileSync(join(folder, to), '');
}

beforeAll(() => {
  writeFileSync(join(folder, 'tsconfig.json'), '{}');
  for (const [index, [from, to]] of [
    ...refused,
    ...allowed,
    backImport,
  ].entries()) {
    writeImport(from, to, `import${index}`);
  }
  // A violation makes the exit code non-zero; the report is on stdout all the same.
  const cruise = spawnSync(
    join(root, 'node_modules/.bin/depcruise'),
    [
      '--config',
      join(root, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      '.',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  report = JSON.parse(cruise.stdout) as CruiseReport;
});

afterAll(() => rmSync(folder, { recursive: true }));

function rulesBrokenBy(from: string, to: string): string[] {
  const target = to.replace('node:', '');
  return report.summary.violations
    .filter(
      violation => violation.from === from && violation.to.endsWith(target),
    )
    .map(violation => violation.rule.name);
}

test.each(refused)('%s must not import %s', (from, to, rule) => {
  expect(rulesBrokenBy(from, to)).toContain(rule);
});

test.each(allowed)('%s may import %s', (from, to) => {
  expect(rulesBrokenBy(from, to)).toEqual([]);
});
