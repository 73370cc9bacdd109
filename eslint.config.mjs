import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

const may = (from, ...to) => ({
  from: { element: { type: from } },
  allow: to.map((type) => ({ to: { element: { type } } })),
});

const elements = [
  { type: 'api', pattern: 'apps/api' },
  { type: 'cli', pattern: 'apps/cli' },
  { type: 'dashboard', pattern: 'apps/dashboard' },
  { type: 'series', pattern: 'libs/series' },
  { type: 'contracts', pattern: 'libs/contracts' },
  { type: 'debug', pattern: 'libs/debug' },
  { type: 'probe', pattern: 'libs/probe' },
  { type: 'flash', pattern: 'libs/flash' },
  { type: 'identity', pattern: 'libs/identity' },
  { type: 'station', pattern: 'libs/station' },
  { type: 'bench-source', pattern: 'libs/bench-source' },
  { type: 'virtual-bench', pattern: 'libs/virtual-bench' },
  { type: 'reports', pattern: 'libs/reports' },
  { type: 'work', pattern: 'libs/work' },
  { type: 'records', pattern: 'libs/records' },
];

/** The arrows of docs/ARCHITECTURE.md: they point down only. */
const arrows = [
  may(
    'api',
    'api',
    'series',
    'contracts',
    'station',
    'bench-source',
    'work',
    'reports',
    'records',
    'flash',
    'identity',
    'debug',
    'probe',
    'virtual-bench',
  ),
  may(
    'cli',
    'cli',
    'series',
    'contracts',
    'station',
    'bench-source',
    'records',
    'reports',
    'flash',
    'identity',
    'debug',
    'probe',
    'virtual-bench',
  ),
  may('dashboard', 'dashboard', 'contracts'),
  may('station', 'station', 'series', 'contracts', 'flash', 'identity', 'debug', 'probe'),
  may('bench-source', 'bench-source', 'contracts', 'probe', 'virtual-bench'),
  may('work', 'work', 'contracts'),
  may('reports', 'reports', 'contracts'),
  may('records', 'records', 'contracts'),
  may('flash', 'flash', 'series', 'contracts', 'debug'),
  may('identity', 'identity', 'series', 'contracts', 'debug'),
  may('debug', 'debug', 'series', 'contracts'),
  may('probe', 'probe', 'debug', 'contracts'),
  may('virtual-bench', 'virtual-bench', 'probe'),
  may('contracts', 'contracts', 'series'),
  may('series', 'series'),
];

/** Tests of the driver side take the virtual bench as their hardware. */
const testArrows = ['debug', 'probe', 'flash', 'identity', 'station'].map((lib) =>
  may(lib, 'virtual-bench', 'probe', 'flash'),
);

/** Statements to the database have one place each, where a reader finds what is asked and by which index. */
const SQL_TEXT =
  '/^\\s*(?:SELECT\\s|INSERT (?:INTO|OR)\\s|UPDATE "|DELETE FROM\\s|WITH \\w+ AS|PRAGMA |CREATE (?:TABLE|INDEX|TRIGGER|VIEW)|BEGIN (?:IMMEDIATE|EXCLUSIVE))/';
const SQL_ELSEWHERE = [
  'MemberExpression[property.name=/^\\$(?:query|execute)Raw/]',
  'MemberExpression[object.name="Prisma"][property.name=/^(?:sql|raw|join|empty)$/]',
  `Literal[value=${SQL_TEXT}]`,
  `TemplateElement[value.raw=${SQL_TEXT}]`,
].map((selector) => ({
  selector,
  message:
    'SQL is written in apps/api/src/store, one statement a file, or in libs/records. Move the statement there and call it.',
}));

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/.next/**', '**/node_modules/**', 'var/**', '**/gen/**', '**/next-env.d.ts'],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { boundaries },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'boundaries/elements': elements,
      'import/resolver': {
        typescript: {
          project: ['libs/*/tsconfig.lib.json', 'apps/*/tsconfig.lib.json'],
          noWarnOnMultipleProjects: true,
          conditionNames: ['@boardwalk/source', 'types', 'import', 'default'],
        },
      },
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: arrows }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: false }],
      eqeqeq: ['error', 'smart'],
    },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts'],
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: [...arrows, ...testArrows] }],
      'max-lines': 'off',
    },
  },
  {
    files: ['apps/**/*.ts', 'apps/**/*.tsx', 'libs/**/*.ts'],
    ignores: [
      '**/*.spec.ts',
      '**/testing/**',
      'apps/api/src/store/**',
      'libs/records/**',
      // How the connection itself is opened, locked and committed; a lock that no row is read through.
      'apps/api/src/persistence/durable-sqlite.ts',
      'apps/api/src/persistence/settled-rows.ts',
      'libs/station/src/claim/kernel-lock.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...SQL_ELSEWHERE] },
  },
  {
    // The virtual bench must not share the driver's tables, or both could be wrong together.
    files: ['libs/virtual-bench/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@boardwalk/*'], allowTypeImports: true, message: 'Only the USB port’s type.' },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'boundaries/dependencies': 'off', 'max-lines': 'off' },
  },
);
