// Our own choices on top of Backstage's lint rules; every .eslintrc.js uses them.
module.exports = {
  '@typescript-eslint/no-explicit-any': 'error',
  'max-lines': ['error', { max: 400, skipBlankLines: true }],
  // A file reads from the top: what matters first, the details it calls below.
  '@typescript-eslint/no-use-before-define': [
    'error',
    { functions: false, classes: false, variables: false },
  ],
  // TypeScript checks these two, and knows when a switch is exhaustive.
  'consistent-return': 'off',
  'default-case': 'off',
  // Only plain objects are walked, and in hot paths.
  'guard-for-in': 'off',
  // `new Thing()` that only validates, and libraries with capital functions, are fine.
  'no-new': 'off',
  'new-cap': 'off',
};
