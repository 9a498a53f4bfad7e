import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { parse, parseAllDocuments } from 'yaml';

const root = resolve(__dirname, '../../..');

const validators = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
};

interface Described {
  file: string;
  entity: Entity;
}

/** The entities of one file, and of the files that its Locations name. */
function readEntities(file: string): Described[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'));
  return documents.flatMap(document => {
    const entity: Entity = document.toJS();
    const targets =
      entity.kind === 'Location' ? entity.spec?.targets : undefined;
    const below = Array.isArray(targets)
      ? targets.flatMap(target =>
          readEntities(resolve(dirname(file), String(target))),
        )
      : [];
    return [{ file: relative(root, file), entity }, ...below];
  });
}

const config = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));

/** The files that the portal itself reads. */
const files: string[] = config.catalog.locations.flatMap(
  ({ target }: { target: string }) =>
    globSync(resolve(root, 'packages/backend', target)),
);
const described = files.flatMap(readEntities);
const refs = new Set(described.map(({ entity }) => stringifyEntityRef(entity)));

/** Every reference of an entity, with the default kind of its field. */
function referencesOf({ kind, metadata, spec = {} }: Entity): string[] {
  const defaults: Record<string, string> = {
    owner: 'group',
    system: 'system',
    domain: 'domain',
    parent: 'group',
    children: 'group',
    memberOf: 'group',
    subcomponentOf: 'component',
    subdomainOf: 'domain',
    providesApis: 'api',
    consumesApis: 'api',
    dependsOn: 'component',
    dependencyOf: 'component',
  };
  const written = Object.entries(defaults).flatMap(([field, defaultKind]) =>
    [spec[field] ?? []]
      .flat()
      .map(value =>
        stringifyEntityRef(parseEntityRef(String(value), { defaultKind })),
      ),
  );
  const docs = metadata.annotations?.['backstage.io/techdocs-entity'];
  return [
    ...written,
    ...(docs
      ? [stringifyEntityRef(parseEntityRef(docs, { defaultKind: kind }))]
      : []),
  ];
}

it('finds entities in every configured place', () => {
  const places = new Set(described.map(({ file }) => file.split('/')[0]));
  for (const place of ['catalog', 'packages', 'plugins', 'services']) {
    expect(places).toContain(place);
  }
});

it.each(described)(
  '$file: $entity.kind $entity.metadata.name is valid',
  async ({ entity }) => {
    const validator = validators[entity.kind as keyof typeof validators];
    expect(validator).toBeDefined();
    await EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new DefaultNamespaceEntityPolicy(),
      new NoForeignRootFieldsEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]).enforce(entity);
    await expect(validator.check(entity)).resolves.toBe(true);
  },
);

it('names no entity twice', () => {
  const all = described.map(({ entity }) => stringifyEntityRef(entity));
  expect(all.filter((ref, index) => all.indexOf(ref) !== index)).toEqual([]);
});

it('refers to nothing that does not exist', () => {
  const broken = described.flatMap(({ file, entity }) =>
    referencesOf(entity)
      .filter(ref => !refs.has(ref))
      .map(ref => `${file}: ${stringifyEntityRef(entity)} refers to ${ref}`),
  );
  expect(broken).toEqual([]);
});

it('has exactly one entity for every package with code', () => {
  const covered = described.flatMap(({ file, entity }) => {
    const named = entity.metadata.annotations?.['homelab/workspaces'];
    if (named) return named.split(',');
    const own =
      basename(file) === 'catalog-info.yaml' && file.startsWith('services/');
    return own ? [dirname(file)] : [];
  });
  const { workspaces } = parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const existing = globSync(
    workspaces.map((pattern: string) => `${pattern}/package.json`),
    { cwd: root },
  ).map(dirname);
  expect([...covered].sort()).toEqual([...existing].sort());
});

it('annotates bridge and sink with the consumer groups of the Kafka topics that they read', () => {
  const groupsOf = ({ metadata }: Entity) =>
    metadata.annotations?.['kafka.apache.org/consumer-groups']?.split(',') ??
    [];
  const entities = described.map(({ entity }) => entity);
  const ofTopics = entities
    .filter(({ spec }) => spec?.type === 'kafka-topic')
    .flatMap(groupsOf);
  const ofServices = ['mqtt-kafka-bridge', 'timescale-sink'].map(name => ({
    name,
    groups: entities
      .filter(({ metadata }) => metadata.name === name)
      .flatMap(groupsOf),
  }));
  expect(ofTopics).not.toEqual([]);
  expect(ofServices.every(({ groups }) => groups.length > 0)).toBe(true);
  expect(ofServices.flatMap(({ groups }) => groups).sort()).toEqual(
    ofTopics.sort(),
  );
});

it('shows on dead-letter topics their own dead letters, and on bridge and sink all of them', () => {
  const topicsOf = ({ metadata }: Entity) =>
    metadata.annotations?.['homelab/dead-letter-topics']?.split(',') ?? [];
  const entities = described.map(({ entity }) => entity);
  const topics = entities.filter(({ metadata }) =>
    metadata.tags?.includes('dead-letter'),
  );
  const ofServices = entities
    .filter(({ spec }) => spec?.type === 'service')
    .flatMap(topicsOf);
  expect(topics).not.toEqual([]);
  for (const topic of topics) {
    const own = `homelab/${topic.metadata.name}`;
    expect(topicsOf(topic)).toEqual([own]);
    expect(ofServices).toContain(own);
  }
});

it('probes only entities that exist and show their health', () => {
  const watched = config.systemHealth.targets.map(
    ({ entityRef }: { entityRef: string }) => entityRef,
  );
  const marked = described
    .filter(
      ({ entity }) =>
        entity.metadata.annotations?.['system-health/watched'] === 'true',
    )
    .map(({ entity }) => stringifyEntityRef(entity));
  expect([...watched].sort()).toEqual([...marked].sort());
});

it.each(['catalog/generate.mts', 'techdocs/generate.mts'])(
  'what %s writes is up to date',
  generator => {
    expect(() =>
      execFileSync(process.execPath, [generator, '--check'], {
        cwd: root,
        stdio: 'pipe',
      }),
    ).not.toThrow();
  },
);

describe('the documentation', () => {
  const file = join(root, 'techdocs/mkdocs.yml');
  const text = readFileSync(file, 'utf8');

  it('has every page in its navigation once, and no missing page', () => {
    const listed = [...text.matchAll(/: (\S+\.md)$/gm)].map(([, page]) => page);
    const pages = globSync('**/*.md', { cwd: join(root, 'techdocs/docs') });
    expect([...listed].sort()).toEqual([...pages].sort());
  });

  it('lists every decision on the page about them', () => {
    const folder = join(root, 'techdocs/docs/decisions');
    const index = readFileSync(join(folder, 'index.md'), 'utf8');
    const listed = [...index.matchAll(/\]\((\d\S+\.md)\)/g)];
    expect(listed.map(([, page]) => page)).toEqual(
      globSync('0*.md', { cwd: folder }).sort(),
    );
  });

  // TechDocs rewrites this file before each build, in this order and without comments.
  it('is configured in the form that TechDocs writes', () => {
    expect(Object.keys(parse(text))).toEqual([
      'site_name',
      'site_description',
      'docs_dir',
      'nav',
      'theme',
      'plugins',
      'markdown_extensions',
    ]);
    expect(text).not.toMatch(/#|^$(?!\n?$)/m);
  });

  it('is where the system entity says', () => {
    const system = described.find(({ entity }) => entity.kind === 'System');
    const place =
      system?.entity.metadata.annotations?.['backstage.io/techdocs-ref'];
    expect(
      existsSync(join(root, String(place).replace('dir:', ''), 'mkdocs.yml')),
    ).toBe(true);
  });
});
