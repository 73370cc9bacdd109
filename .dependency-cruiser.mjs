// Import circles are refused here, type imports included; which library may import which is eslint's (eslint.config.mjs).
export default {
  forbidden: [
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
