// The suites that take long. `npm test` leaves them out, `npm run test:all` runs everything, and a suite runs when it is
// named. Here are those that take more than 12 seconds next to other work on two cores, and all that need the built
// station. A name that ends in `/` is a folder.
export const LONG_SUITES = [
  'test/',
  'apps/api/src/accounts/access.spec.ts',
  'apps/api/src/accounts/manage-accounts.spec.ts',
  'apps/api/src/accounts/matrix.spec.ts',
  'apps/api/src/accounts/quality-hold.spec.ts',
  'apps/api/src/accounts/start-token.spec.ts',
  'apps/api/src/audit/keeping.spec.ts',
  'apps/api/src/boards/board-routes.spec.ts',
  'apps/api/src/boards/crashes.spec.ts',
  'apps/api/src/boards/interrupted-upgrade.spec.ts',
  'apps/api/src/boards/scale.spec.ts',
  'apps/api/src/boards/upgrade.spec.ts',
  'apps/api/src/certificates/certificates.spec.ts',
  'apps/api/src/events/event-log.spec.ts',
  'apps/api/src/events/generations.spec.ts',
  'apps/api/src/http/front-door.spec.ts',
  'apps/api/src/http/tables.spec.ts',
  'apps/api/src/http/virtual-controller.spec.ts',
  'apps/api/src/images/images.spec.ts',
  'apps/api/src/jobs/last-place.spec.ts',
  'apps/api/src/jobs/one-serial.property.spec.ts',
  'apps/api/src/jobs/run-cohorts.spec.ts',
  'apps/api/src/jobs/run-ends.spec.ts',
  'apps/api/src/live/live-gateway.spec.ts',
  'apps/api/src/openings/openings.spec.ts',
  'apps/api/src/openings/shift-start.spec.ts',
  'apps/api/src/recipes/order-book.spec.ts',
  'apps/api/src/reports/clones.spec.ts',
  'apps/api/src/reports/recompute.spec.ts',
  'apps/api/src/reports/report-links.spec.ts',
  'apps/api/src/reports/shift-ledger.spec.ts',
  'apps/api/src/runs/virtual-runs.spec.ts',
  'apps/api/src/scans/scan-badges.spec.ts',
  'apps/api/src/scans/scan-choices.spec.ts',
  'apps/api/src/scans/scan-cycle.spec.ts',
  'apps/api/src/scans/scan-ledger.spec.ts',
  'apps/api/src/scans/scan-panel.spec.ts',
  'apps/api/src/station/demo.spec.ts',
  'apps/api/src/status/storage-disk.spec.ts',
  'apps/api/src/status/storage-watch.spec.ts',
  'libs/flash/src/engine/flash-engine.spec.ts',
  'libs/flash/src/engine/other-series.spec.ts',
  'libs/records/src/rows/forgeries.spec.ts',
  'libs/station/src/bench/station.spec.ts',
  'libs/station/src/run/broken-off.spec.ts',
  'libs/station/src/run/faults.spec.ts',
  'libs/station/src/steps/other-series.spec.ts',
  'libs/virtual-bench/src/bench/unique-ids.spec.ts',
];

/** Whether a suite, by its path from the root, is a long one. */
export const isLong = (suite) =>
  LONG_SUITES.some((long) => (long.endsWith('/') ? suite.startsWith(long) : suite === long));

/** The entries that name no suite of these: a suite was moved or deleted, and its row was not. */
export const namesNothing = (suites) =>
  LONG_SUITES.filter(
    (long) => !suites.some((suite) => suite === long || (long.endsWith('/') && suite.startsWith(long))),
  );
