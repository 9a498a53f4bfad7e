/** `node tools/src/publishing/check-main.ts`: fails when a published package could not be installed elsewhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../folders.ts';
import { findProblems } from './find-problems.ts';
import { readRootManifest, readWorkspaces } from './workspaces.ts';

const problems = findProblems(
  readRootManifest(checkoutRoot),
  readWorkspaces(checkoutRoot),
  path => existsSync(join(checkoutRoot, path)),
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
