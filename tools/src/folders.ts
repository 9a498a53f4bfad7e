import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HomelabFolders } from './runner/process-spec.ts';

/** The checkout this program belongs to. */
export const checkoutRoot = resolve(
  fileURLToPath(new URL('../../', import.meta.url)),
);

/** The folder for everything a checkout creates at run time; ignored by Git. */
export function homelabFolder(root: string): string {
  return join(root, '.homelab');
}

/** The folders of a stack that keeps its files in `base` and runs the code in `root`. */
export function foldersIn(base: string, root: string): HomelabFolders {
  return {
    root,
    secrets: join(base, 'secrets'),
    data: join(base, 'data'),
    config: join(base, 'config'),
    logs: join(base, 'logs'),
    run: join(base, 'run'),
  };
}

/** The folders of the checkout's own stack. */
export function checkoutFolders(root: string = checkoutRoot): HomelabFolders {
  return foldersIn(homelabFolder(root), root);
}
