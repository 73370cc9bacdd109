import { jest } from '@jest/globals';
import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BENCHES } from './bench-states.ts';
import { launch, withBrowser } from './browser-page.ts';
import { StationProcess } from './running-station.ts';
import { shownBench } from './shown-bench.ts';

jest.setTimeout(300_000);

let browser: Browser | undefined;
let station: StationProcess;
let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-axe-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8+empty' });
  await station.start();
  browser = await launch();
});
afterEach(async () => {
  await browser?.close();
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** What axe finds in both themes, in words. The rules are not tags of a script element: the page's policy refuses those. */
async function found(page: Page, state: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    );
    for (const { id, nodes } of violations)
      faults.push(...nodes.map(({ html }) => `${state}, ${colorScheme}: ${id}: ${html.slice(0, 160)}`));
  }
  return faults;
}

for (const [name, bench] of Object.entries(BENCHES))
  withBrowser(`axe finds nothing on the bench in either theme: ${name}`, async () => {
    const page = await shownBench(browser!, station, bench, 'engineer');
    const faults = await found(page, name);
    await page.locator('[data-slot="6"] button').press('Enter');
    await page.getByRole('dialog').waitFor();
    faults.push(...(await found(page, `${name}, sheet`)));
    expect(faults).toEqual([]);
  });

withBrowser('axe finds nothing on the login and on a bench that is not live', async () => {
  const page = await browser!.newPage();
  await page.goto(station.url);
  await page.getByLabel('Scan your badge').waitFor();
  const faults = await found(page, 'login');
  const bench = await shownBench(browser!, station, BENCHES['states']!, 'operator');
  await station.end('SIGKILL');
  await bench.locator('[data-state="stale"]').first().waitFor();
  expect([...faults, ...(await found(bench, 'stale'))]).toEqual([]);
});
