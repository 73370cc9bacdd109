// What an image does not need of the files that a production install has: a row with its reason each.
export const LEFT_OUT = [
  [
    /^(node_modules\/\.cache|apps\/dashboard\/\.next\/(cache|dev|diagnostics|trace|trace-build|types))$/,
    'caches of a build',
  ],
  [/\.(d\.[mc]?ts|map|tsbuildinfo)$|\.spec\.js$|\/\.built$/, 'for compilers and debuggers'],
  [/^node_modules\/(\.bin|\.package-lock\.json)$/, 'for npm'],
  [/^node_modules\/@next\/swc-/, 'compiles pages'],
  [
    /^node_modules\/(@tailwindcss|tailwindcss|lightningcss[^/]*|caniuse-lite|baseline-browser-mapping)$/,
    'makes style sheets',
  ],
  [/^node_modules\/(@img|sharp)$/, 'scales pictures; the pages have none'],
  [/^node_modules\/(@rjsf|@tanstack|@fontsource-variable|markdown-to-jsx)$/, 'is in the built pages already'],
  [
    /^node_modules\/better-sqlite3\/(deps|src|build\/(?!Release$)[^/]+|build\/Release\/(?!better_sqlite3\.node$)[^/]+)$/,
    'makes its binary',
  ],
  [/^node_modules\/@prisma\/client\/.*(cockroachdb|mysql|sqlserver)/, 'compiles queries of other databases'],
];

/** Whether a path from the root, without a slash at its end, is left out with all that is in it. */
export const isLeftOut = (path) => LEFT_OUT.some(([pattern]) => pattern.test(path));
