import type { Browser, Page } from 'playwright-core';
import { FIRST_PASS, RUNS, type BENCHES } from './bench-states.ts';
import type { StationProcess } from './running-station.ts';

/** Who looks, and how that person logs in. */
const BADGES = { operator: 'OP-004711', engineer: 'EN-000815' } as const;
export type Looker = keyof typeof BADGES;

/** The bench page of a station that answers with such slots and choices. */
export async function shownBench(
  browser: Browser,
  station: StationProcess,
  { slots, scans }: (typeof BENCHES)[string],
  role: Looker,
): Promise<Page> {
  await station.json('POST', '/accounts', { name: role, role, badge: BADGES[role] });
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.route('**/api/v1/slots', (route) => route.fulfill({ json: { data: slots } }));
  await page.route('**/api/v1/scans/current', (route) => route.fulfill({ json: scans }));
  await page.route('**/api/v1/runs?*', (route) => route.fulfill({ json: { data: RUNS } }));
  await page.route('**/api/v1/reports/yield?*', (route) =>
    route.fulfill({ json: { total: { firstPass: FIRST_PASS } } }),
  );
  await page.goto(station.url);
  await page.getByLabel('Scan your badge').waitFor();
  await page.keyboard.type(BADGES[role]);
  await page.keyboard.press('Enter');
  await page.locator('[data-slot="24"]').waitFor();
  await page.getByText('● live').waitFor();
  await page.locator('[data-step]').waitFor();
  return page;
}
