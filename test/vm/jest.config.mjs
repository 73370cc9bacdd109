import root from '../../jest.config.mjs';

// The suites that need a guest: as the end-to-end project, but found here only.
const project = root.projects.find(({ displayName }) => displayName === 'test');

export default {
  ...project,
  displayName: 'test/vm',
  rootDir: '.',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 600_000,
};
