import root from '../../jest.config.mjs';

// As the end-to-end project, but found here only: it needs programs from outside.
const project = root.projects.find(({ displayName }) => displayName === 'test');

export default {
  ...project,
  displayName: 'test/formats',
  rootDir: '.',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
