// Import circles are refused here, type imports included, and so are arrows that point up between the folders of an app
// or library; which library may import which is eslint's (eslint.config.mjs).

/** The folders of a package, the lowest first: a folder imports those before it and none after it. */
const FOLDERS = {
  'apps/api/src': [
    ...['clock', 'settings', 'problems', 'persistence', 'store', 'lists'],
    ...['events', 'accounts', 'routes', 'status'],
    ...['images', 'serials', 'runs', 'lots', 'boards', 'units', 'recipes'],
    ...['openings', 'jobs', 'decisions', 'scans', 'audit', 'certificates', 'reports', 'station'],
    ...['http', 'live', 'modules'],
  ],
  'apps/cli/src': ['benchmark', 'doctor', 'verbs'],
  'apps/dashboard': ['src', 'components', 'app'],
  'libs/flash/src': ['families', 'images', 'access', 'controller', 'options', 'loader', 'engine'],
  'libs/probe/src': ['usb', 'stlink'],
  'libs/identity/src': ['evidence', 'cohort'],
  'libs/records/src': [
    'chain',
    'rows',
    'schema',
    'accounts',
    'file',
    'certificates',
    'report-rows',
    'list-rows',
  ],
  'libs/station/src': ['request', 'link', 'patches', 'steps', 'lending', 'run', 'bench', 'claim'],
  'libs/virtual-bench/src': [
    ...['time', 'core', 'profiles', 'target', 'debug-port'],
    ...['stlink', 'usb', 'boards', 'bench', 'usbip'],
  ],
  'libs/work/src': ['orders', 'decisions', 'scan', 'serials', 'cycle', 'claim'],
};
/** Here the files beside the folders wire them: no folder imports one. */
const WIRED_ABOVE = new Set(['apps/api/src']);

const up = Object.entries(FOLDERS).flatMap(([root, folders]) =>
  folders.slice(0, -1).map((folder, index) => ({
    name: `arrows-of-${root.replaceAll('/', '-')}-${folder}`,
    comment: `${root}/${folder} imports folders below it alone. Move what both need down, or the file that asks up.`,
    severity: 'error',
    from: { path: `^${root}/${folder}/`, pathNot: '\\.spec\\.ts$' },
    to: {
      path: [
        `^${root}/(?:${folders.slice(index + 1).join('|')})/`,
        ...(WIRED_ABOVE.has(root) ? [`^${root}/[^/]+\\.ts$`] : []),
      ],
    },
  })),
);

export default {
  forbidden: [
    ...up,
    {
      name: 'no-circles',
      comment: 'Move what both files need into a file below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', '/dist/', '/gen/'] },
    exclude: { path: ['/dist/', '/gen/', '\\.next/', 'node_modules'] },
    enhancedResolveOptions: { conditionNames: ['@boardwalk/source', 'types', 'import', 'default'] },
  },
};
