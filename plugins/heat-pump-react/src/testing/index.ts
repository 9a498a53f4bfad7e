export * from './test-figures';
export * from './test-house';
