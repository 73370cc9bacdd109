import { jest } from '@jest/globals';
import type { Job, Role } from '@boardwalk/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, withBrowser } from './browser-page.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(120_000);

let browser: Browser | undefined;
let station: StationProcess;
let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-badge-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103cb+empty' });
});
afterEach(async () => {
  await browser?.close();
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const account = (name: string, role: Role, badge: string, password?: string) =>
  station.json('POST', '/accounts', { name, role, badge, password });

async function opened(fragment = ''): Promise<Page> {
  browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${station.url}/${fragment}`);
  return page;
}

/** A keyboard wedge: the keys of a code in one burst, then Enter, to whatever has the focus. */
const wedge = async (page: Page, code: string) => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
};
const who = (page: Page, text: string) => page.getByTestId('who').filter({ hasText: text }).waitFor();
const scanned = (page: Page, text: string) => page.getByTestId('scan').filter({ hasText: text }).waitFor();
const login = (page: Page) => page.getByLabel('Scan your badge').waitFor();

withBrowser('a badge scan logs in, a log-out ends the session, and a password logs in too', async () => {
  await station.start();
  await account('olga', 'operator', 'OP-004711');
  await account('eva', 'engineer', 'EN-000815', 'vier Möwen am Kai');
  const page = await opened();
  await login(page);
  await wedge(page, 'OP-9');
  await page.getByRole('alert').filter({ hasText: 'This badge opens no account' }).waitFor();
  await wedge(page, 'OP-004711');
  await who(page, 'olga · operator');
  await page.getByText('VIRTUAL BENCH').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await login(page);
  await page.getByText('VIRTUAL BENCH').waitFor();
  const ended = station.rows(`SELECT 1 FROM "Event" WHERE "type" = 'session.closed' AND "actor" = 'olga'`);
  expect(ended).toHaveLength(1);
  await page.getByLabel('Name').fill('eva');
  await page.getByLabel('Password').fill('vier Möwen am Kai');
  await page.keyboard.press('Enter');
  await who(page, 'eva · engineer');
  await page.reload();
  await who(page, 'eva · engineer');
});

withBrowser('too many wrong badges: the page says when to try again', async () => {
  await station.start();
  const page = await opened();
  await login(page);
  for (let tried = 0; tried < 11; tried++) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/sessions'));
    await wedge(page, `OP-${tried}`);
    await answered;
    // One login at a time: what is scanned before the page has read the answer is dropped.
    await page.getByRole('button', { name: 'Log in', disabled: false }).waitFor();
  }
  await page.getByRole('alert').filter({ hasText: 'Too many wrong logins' }).waitFor();
  await page
    .getByRole('alert')
    .filter({ hasText: /Try again at \d/ })
    .waitFor();
});

withBrowser('a revoked account’s page goes back to the login and says why', async () => {
  await station.start();
  await account('olga', 'operator', 'OP-004711');
  const page = await opened();
  await login(page);
  await wedge(page, 'OP-004711');
  await who(page, 'olga');
  await station.json('POST', '/accounts/olga/revoke', { reason: 'The badge was lost.' });
  await page.getByRole('alert').filter({ hasText: 'unknown, expired or revoked' }).waitFor();
  await login(page);
});

withBrowser('the next operator takes over by one scan, and a badge never becomes a board', async () => {
  await station.start();
  await account('olga', 'operator', 'OP-004711');
  await account('omar', 'operator', 'OP-004712');
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    Uint8Array.of(1, 2, 3),
  );
  await station.json('POST', '/recipes', { name: 'blinky', image });
  const page = await opened();
  await login(page);
  await wedge(page, 'OP-004711');
  await who(page, 'olga');
  await page.getByText('● live').waitFor();
  // No scan waits for the answer to the one before.
  await wedge(page, 'blinky');
  await wedge(page, 'OP-004712');
  await wedge(page, 'SN-1');
  await who(page, 'omar · operator');
  await scanned(page, 'UNKNOWN CODE');
  await wedge(page, 'blinky');
  await scanned(page, 'RECIPE blinky');
  await wedge(page, 'SN-2');
  await scanned(page, 'BOARD STARTS SN-2');
  await page.locator('[data-slot="1"]').getByText('PASS').waitFor();
  const { data: jobs } = await station.json<{ data: Job[] }>('GET', '/jobs');
  expect(jobs).toHaveLength(1);
  const authors = station.rows<{ actor: string }>(`SELECT "actor" FROM "Event" WHERE "type" = 'job.created'`);
  expect(authors).toEqual([{ actor: 'omar' }]);
  const closed = station.rows<{ actor: string }>(
    `SELECT "actor" FROM "Event" WHERE "type" = 'session.closed'`,
  );
  expect(closed).toEqual([{ actor: 'olga' }]);
});

withBrowser('a scan is read wherever the focus is, and its keys press no button', async () => {
  await station.start();
  const page = await opened(`#token=${station.token}`);
  await who(page, 'start-token');
  await page.getByText('● live').waitFor();
  const button = page.getByRole('button', { name: 'Log out' });
  const bodyHasFocus = () => page.evaluate(() => document.activeElement === document.body);
  await button.focus();
  await wedge(page, 'SN-7');
  await scanned(page, 'UNKNOWN CODE');
  await who(page, 'start-token');
  // A scan needs no field: a click elsewhere moves the focus nowhere, and Tab goes to the navigation from there.
  await page.getByRole('main').click({ position: { x: 1, y: 1 } });
  await expect(bodyHasFocus()).resolves.toBe(true);
  await page.getByRole('link', { name: 'Bench' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.evaluate(() => document.activeElement?.textContent)).resolves.toBe('Recipes');
  // On another page it is read too, and answered on the bench.
  await page.getByRole('link', { name: 'Recipes' }).click();
  await page.waitForURL('**/recipes');
  await wedge(page, 'SN-8');
  await page.waitForURL(station.url + '/');
  await scanned(page, 'UNKNOWN CODE');
  // A person's Enter presses what has the focus.
  await button.focus();
  await page.keyboard.press('Enter');
  await login(page);
});
