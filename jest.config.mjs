import { availableParallelism } from 'node:os';

const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx: false },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** One Jest project per workspace; tests run on TypeScript sources, so no build comes first. */
const project = (dir, testMatch = ['<rootDir>/src/**/*.spec.ts']) => ({
  displayName: dir,
  rootDir: `<rootDir>/${dir}`,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@boardwalk/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
  testMatch,
});

const workspaces = [
  'libs/series',
  'libs/contracts',
  'libs/debug',
  'libs/probe',
  'libs/flash',
  'libs/identity',
  'libs/station',
  'libs/virtual-bench',
  'libs/bench-source',
  'libs/work',
  'libs/reports',
  'libs/records',
  'apps/api',
  'apps/cli',
  'apps/dashboard',
];

export default {
  // Half of the suites wait for a station in a process of its own, so two at a time pay even on two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1500MB',
  // A test that hangs fails; one on a loaded machine does not.
  testTimeout: 60_000,
  projects: [
    ...workspaces.map((dir) => project(dir)),
    project('test', [
      '<rootDir>/**/*.spec.ts',
      '!**/test/vm/**',
      '!**/test/processor/**',
      '!**/test/formats/**',
    ]),
  ],
};
