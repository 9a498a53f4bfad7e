// Who may import whom. Each rule's comment is the sentence a person reads on a violation.
const ours = '^(packages|plugins|services)/([^/]+)/|^(tools|bench|e2e)/';
const testFile =
  '\\.test\\.tsx?$|/test/|^e2e/|^packages/test-kit/|/setupTests\\.ts$';
const nodeOnly = ['core'];

/** The rule of a package that imports, of ours, itself and these packages. */
function importsOnly(folder, allowed, rule) {
  const path = `^packages/${folder}/`;
  return {
    ...rule,
    severity: 'error',
    from: { path, pathNot: testFile },
    to: {
      path: ours,
      pathNot: `^packages/(${[folder, ...allowed].join('|')})/`,
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files must not import each other in a circle.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unresolvable',
      comment: 'This import resolves to nothing.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    importsOnly('telemetry', [], {
      name: 'telemetry-imports-nothing-of-ours',
      comment:
        'packages/telemetry is the contract: all import it, it imports no one.',
    }),
    importsOnly('heat-pump', ['telemetry'], {
      name: 'heat-pump-imports-telemetry-only',
      comment:
        'packages/heat-pump is pure: what readings mean, wherever they come from.',
    }),
    importsOnly('heat-pump-settings', ['telemetry'], {
      name: 'heat-pump-settings-imports-telemetry-only',
      comment:
        'packages/heat-pump-settings is pure: what is written to a device, whoever publishes it.',
    }),
    importsOnly('service-kit', [], {
      name: 'service-kit-imports-nothing-of-ours',
      comment: 'packages/service-kit knows nothing of the pipeline it serves.',
    }),
    importsOnly('kafka', ['service-kit'], {
      name: 'kafka-imports-service-kit-only',
      comment:
        'packages/kafka is a client like any other: it knows no topic and no message of the pipeline.',
    }),
    importsOnly('timescale-schema', ['telemetry', 'service-kit'], {
      name: 'schema-imports-libraries-only',
      comment:
        'packages/timescale-schema may import telemetry and service-kit.',
    }),
    importsOnly('access', ['timescale-schema'], {
      name: 'access-imports-timescale-schema-only',
      comment:
        'packages/access tells who a token belongs to; it knows no service that asks.',
    }),
    importsOnly('dead-letters', ['kafka', 'service-kit'], {
      name: 'dead-letters-imports-libraries-only',
      comment:
        'packages/dead-letters may import kafka and service-kit; it is given the letter format and the topics.',
    }),
    importsOnly('portal-react', [], {
      name: 'portal-react-imports-nothing-of-ours',
      comment:
        'packages/portal-react knows nothing of the plugins whose pages it draws.',
    }),
    importsOnly('portal-common', [], {
      name: 'portal-common-imports-nothing-of-ours',
      comment:
        'packages/portal-common is words and small schemas for both halves of every plugin.',
    }),
    importsOnly('openapi', [], {
      name: 'openapi-imports-nothing-of-ours',
      comment:
        'packages/openapi turns schemas into parts of a document, whosever they are.',
    }),
    importsOnly('homelab-api-client', ['heat-pump', 'telemetry'], {
      name: 'homelab-api-client-imports-libraries-only',
      comment:
        'packages/homelab-api-client is what the API answers and how to ask: it may import telemetry and heat-pump.',
    }),
    importsOnly('live-client', ['heat-pump', 'telemetry'], {
      name: 'live-client-imports-libraries-only',
      comment:
        'packages/live-client is the live protocol and how to follow it: it may import telemetry and heat-pump.',
    }),
    importsOnly('portal-node', ['openapi'], {
      name: 'portal-node-imports-libraries-only',
      comment:
        'packages/portal-node may import openapi; it knows nothing of the plugins whose backends it serves.',
    }),
    importsOnly('kafka-clusters', ['kafka', 'portal-node'], {
      name: 'kafka-clusters-imports-libraries-only',
      comment:
        'packages/kafka-clusters may import kafka and portal-node; it knows no plugin.',
    }),
    {
      name: 'service-stands-alone',
      comment:
        'A service imports no other service, plugin, tool or portal package: processes meet on a topic, a table or an HTTP schema.',
      severity: 'error',
      from: {
        path: '^services/([^/]+)/',
        pathNot: `${testFile}|^services/heatpump-web/src/web/`,
      },
      to: {
        path: ours,
        pathNot:
          '^services/$1/|^packages/(access|heat-pump|heat-pump-settings|homelab-api-client|kafka|live-client|openapi|telemetry|service-kit|timescale-schema)/',
      },
    },
    {
      name: 'household-page-shares-parts-without-backstage',
      comment:
        'The household page imports what it shares with the portal and what reads the house; never its own server, nor a part that knows Backstage.',
      severity: 'error',
      from: { path: '^services/heatpump-web/src/web/', pathNot: testFile },
      to: {
        path: ours,
        pathNot:
          '^services/heatpump-web/src/web/|^packages/(heat-pump|homelab-api-client|live-client|telemetry)/|^packages/portal-react/src/(charts|ui)\\.ts$|^plugins/heat-pump-common/src/(messages|seriesHistory)\\.ts$|^plugins/heat-pump-react/src/index\\.ts$',
      },
    },
    {
      name: 'server-imports-no-page',
      comment: 'The server of the household page serves it as files.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/', pathNot: '/src/web/' },
      to: { path: '^services/[^/]+/src/web/' },
    },
    {
      name: 'plugin-imports-no-service',
      comment:
        'A plugin can be lifted into another Backstage: it imports no service and no tool.',
      severity: 'error',
      from: { path: '^plugins/', pathNot: testFile },
      to: { path: '^(services|tools|bench|e2e)/|^packages/(app|backend)/' },
    },
    {
      name: 'plugin-families-share-common-only',
      comment:
        'A plugin imports of its own and of another family only -common, -react or -node.',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/', pathNot: testFile },
      to: {
        path: '^plugins/',
        pathNot: '^plugins/$1/|^plugins/[^/]+-(common|react|node)/',
      },
    },
    {
      name: 'common-is-isomorphic',
      comment:
        'A -common package, telemetry, heat-pump, heat-pump-settings, homelab-api-client and live-client run in the browser too: no Node modules.',
      severity: 'error',
      from: {
        path: '^(plugins|packages)/[^/]+-common/|^packages/(heat-pump|heat-pump-settings|homelab-api-client|live-client|telemetry)/',
        pathNot: testFile,
      },
      to: { dependencyTypes: nodeOnly },
    },
    {
      name: 'common-has-no-react',
      comment: 'A -common package has no React.',
      severity: 'error',
      from: { path: '^(plugins|packages)/[^/]+-common/', pathNot: testFile },
      to: { path: 'node_modules/(react|react-dom|@mui)/' },
    },
    {
      name: 'frontend-has-no-node',
      comment: 'Browser code imports no Node module and no Node-only package.',
      severity: 'error',
      from: {
        path: '^packages/(app|portal-react)/|^plugins/[^/]+/src/|^services/heatpump-web/src/web/',
        pathNot: `${testFile}|^plugins/[^/]+-(backend|node|backend-module-[^/]+)/`,
      },
      to: {
        path: '^packages/(access|dead-letters|kafka|kafka-clusters|openapi|portal-node|service-kit|timescale-schema|backend)/|^plugins/[^/]+-backend/',
      },
    },
    {
      name: 'shared-pages-without-backstage',
      comment:
        'Pages outside of the portal use heat-pump-react, portal-react/ui and portal-react/charts: nothing of Backstage may be reached from them.',
      severity: 'error',
      from: {
        path: '^plugins/heat-pump-react/src/index\\.ts$|^packages/portal-react/src/(charts|ui)\\.ts$',
      },
      to: { path: 'node_modules/@backstage/', reachable: true },
    },
    {
      name: 'only-tests-import-test-kit',
      comment: 'packages/test-kit is for tests and measurements.',
      severity: 'error',
      from: { path: ours, pathNot: `${testFile}|^bench/` },
      to: { path: '^packages/test-kit/' },
    },
    {
      name: 'nothing-imports-bench',
      comment: 'bench/ measures the rest; nothing depends on it.',
      severity: 'error',
      from: { path: ours, pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'import-packages-by-name',
      comment:
        'Import a package by its name, which leads to its index, never a file inside it.',
      severity: 'error',
      from: {
        path: '^((?:packages|plugins|services)/[^/]+|tools|bench|e2e)/',
      },
      to: {
        path: '^(?:(?:packages|plugins|services)/[^/]+|tools|bench)/src/',
        pathNot:
          '^$1/|/src/index\\.tsx?$|^services/mqtt-kafka-bridge/src/(dialects/(index|golden-messages)|publish-fast-path/index)\\.ts$|^packages/portal-react/src/(charts|ui|testing/index)\\.ts$|^plugins/heat-pump-common/src/(messages|seriesHistory)\\.ts$|^plugins/heat-pump-react/src/testing/index\\.ts$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-types|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: [
        '.ts',
        '.tsx',
        '.d.ts',
        '.js',
        '.jsx',
        '.mjs',
        '.cjs',
        '.json',
      ],
    },
  },
};
