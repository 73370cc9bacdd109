import root from '../../../jest.config.mjs';

// What runs inside the guest, against the probes that the guest's kernel sees.
const project = root.projects.find(({ displayName }) => displayName === 'test');

export default {
  ...project,
  displayName: 'guest',
  rootDir: '.',
  testMatch: ['<rootDir>/*.guest.ts'],
  testTimeout: 60_000,
};
