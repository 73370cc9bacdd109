import root from '../../jest.config.mjs';

// The suites that need QEMU or firmware from outside: as the end-to-end project, but found here only.
const project = root.projects.find(({ displayName }) => displayName === 'test');

export default {
  ...project,
  displayName: 'test/processor',
  rootDir: '.',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
