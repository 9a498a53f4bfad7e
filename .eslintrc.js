const { createConfig } = require('@backstage/cli/config/eslint-factory');
const rules = require('./.eslint-rules');

// The rules for everything that Node runs directly. Backstage's own packages add
// those of their role in an .eslintrc.js of their own.
module.exports = createConfig(__dirname, {
  ignorePatterns: ['node_modules', 'coverage'],
  rules,
  overrides: [
    {
      // Vitest's own functions are imported, so the Jest rules do not know them.
      files: [
        'packages/{access,dead-letters,heat-pump,homelab-api-client,kafka,live-client,openapi,service-kit,telemetry,test-kit,timescale-schema}/**/*.ts',
        'services/**/*.ts',
        'tools/**/*.ts',
        'bench/**/*.ts',
        'e2e/**/*.ts',
      ],
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname },
      rules: {
        // Node strips types, which leaves no code for what only TypeScript has.
        '@typescript-eslint/parameter-properties': 'error',
        'no-restricted-syntax': [
          'error',
          {
            selector: 'TSEnumDeclaration',
            message: 'Node cannot run an enum: use an array `as const`.',
          },
        ],
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/no-misused-promises': [
          'error',
          { checksVoidReturn: false },
        ],
        'jest/expect-expect': 'off',
        'jest/no-standalone-expect': 'off',
        'jest/no-conditional-expect': 'off',
        'jest/valid-title': 'off',
        'jest/no-done-callback': 'off',
      },
    },
    {
      // Programs that speak to a person on the terminal.
      files: ['catalog/**', 'techdocs/**', '**/*main.ts'],
      rules: { 'no-console': 'off' },
    },
  ],
});
module.exports.root = true;
