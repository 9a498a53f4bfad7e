import { parseAllDocuments } from 'yaml';
import { HomelabError } from '../homelab-error.ts';

/** What a README tells a stranger to do, read from its sections Install, Configure and See. */
export interface Steps {
  /** Packages to add, by the folder of the app that gets them. */
  readonly packages: readonly {
    readonly folder: 'packages/app' | 'packages/backend';
    readonly name: string;
  }[];
  /** Lines for packages/backend/src/index.ts. */
  readonly backend: readonly string[];
  /** Parts of app-config.yaml. */
  readonly config: readonly Record<string, unknown>[];
  /** The annotations that an entity gets. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What is seen where: the paths of pages and tabs, and texts on them. */
  readonly sights: readonly {
    readonly path: string;
    readonly texts: readonly string[];
  }[];
}

/** Says whether a README tells how to install what it is about. */
export function hasSteps(readme: string): boolean {
  return sectionOf(readme, 'Install') !== undefined;
}

/**
 * Reads the three steps of a README.
 * @throws HomelabError that names what the README lacks
 */
export function readSteps(path: string, readme: string): Steps {
  const [install, configure, see] = ['Install', 'Configure', 'See'].map(
    title => {
      const section = sectionOf(readme, title);
      if (section !== undefined) return section;
      throw new HomelabError(
        'step-failed',
        `${path} has no section "## ${title}": a plugin's README begins with Install, Configure and See.`,
      );
    },
  ) as [string, string, string];
  const documents = fences(configure, 'yaml').flatMap(text =>
    parseAllDocuments(text).map(document => document.toJS() as object),
  );
  const isEntity = (document: object) => 'metadata' in document;
  return {
    packages: fences(install, 'sh').flatMap(readAddedPackages),
    backend: fences(install, 'ts').flatMap(text => text.trim().split('\n')),
    config: documents.filter(document => !isEntity(document)) as Record<
      string,
      unknown
    >[],
    annotations: Object.assign(
      {},
      ...documents.filter(isEntity).map(annotationsOf),
    ) as Record<string, string>,
    sights: see.split(/^- /m).slice(1).flatMap(readSight),
  };
}

function sectionOf(readme: string, title: string): string | undefined {
  const [, after] = readme.split(new RegExp(`^## ${title}\n`, 'm'));
  return after?.split(/^## /m)[0];
}

function fences(section: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...section.matchAll(fence)].map(match => match[1] ?? '');
}

function readAddedPackages(commands: string): Steps['packages'] {
  const command = /^yarn --cwd (packages\/(?:app|backend)) add (.+)$/gm;
  return [...commands.matchAll(command)].flatMap(([, folder, names = '']) =>
    names.split(/\s+/).map(name => ({
      folder: folder as 'packages/app' | 'packages/backend',
      name,
    })),
  );
}

/** An item of the list in See: a path as code, and what is seen there in bold. */
function readSight(item: string): Steps['sights'] {
  const path = /`(\/[^`\s]*)`/.exec(item)?.[1];
  if (path === undefined) return [];
  const texts = [...item.matchAll(/\*\*([^*]+)\*\*/g)].map(
    match => match[1]?.replaceAll(/\s+/g, ' ') ?? '',
  );
  return [{ path, texts }];
}

function annotationsOf(document: object): object {
  const { metadata } = document as { metadata?: { annotations?: object } };
  return metadata?.annotations ?? {};
}
