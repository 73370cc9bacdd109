import { jest } from '@jest/globals';
import type { Job } from '@boardwalk/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { launch, withBrowser } from './browser-page.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(300_000);

let browser: Browser | undefined;
let station: StationProcess | undefined;
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-page-'));
});
afterEach(async () => {
  await browser?.close();
  await station?.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const word = (page: Page, slot: string) => page.locator(`[data-slot="${slot}"] [data-testid="word"]`);

withBrowser(
  'the page shows every slot live, says VIRTUAL, and catches up after the server restarts',
  async () => {
    station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32,f103c8+empty' });
    await station.start();
    browser = await launch();
    const page = await browser.newPage();
    page.setDefaultTimeout(90_000);
    await page.goto(`${station.url}/#token=${station.token}`);
    await page.getByText('VIRTUAL BENCH').waitFor();
    await word(page, '1').filter({ hasText: 'READY' }).waitFor();
    await word(page, '3').filter({ hasText: 'FREE' }).waitFor();
    expect(page.url()).not.toContain('token');

    const firmware = Uint8Array.from({ length: 6000 }, (_, i) => (i * 11) & 0xff);
    const { id } = await station.json<{ id: string }>('POST', '/images?name=a.bin&raw=true', firmware);
    await station.json<Job>('POST', '/jobs', { image: id, count: 2 });
    await word(page, '1').filter({ hasText: 'PASS' }).waitFor();
    await word(page, '2').filter({ hasText: 'PASS' }).waitFor();
    await page.locator('[data-slot="2"]').getByText('differs: family not identified').waitFor();
    await page.getByRole('button', { name: /^Slot 2, PASS, differs: / }).click();
    await page.getByRole('dialog').getByText('Differs: family not identified').waitFor();
    await page.keyboard.press('Escape');

    const port = new URL(station.url).port;
    await station.end('SIGKILL');
    await page.getByText('reconnecting').waitFor();
    // Nobody knows whether it is still so: no tile says anything, and the strip says why.
    await page.getByRole('status').filter({ hasText: 'NOT LIVE since' }).waitFor();
    await page.locator('[data-slot="1"][data-state="stale"]').waitFor();
    await expect(word(page, '1').textContent()).resolves.toBe('');
    const again = new StationProcess(data, {
      BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32,f103c8+empty',
      BOARDWALK_PORT: port,
    });
    station = again;
    await again.start();
    await page.getByText('● live').waitFor();
    await word(page, '1').filter({ hasText: 'READY' }).waitFor();
  },
);

withBrowser('the page says that the station takes no new work, why, and when it does again', async () => {
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty' });
  await station.start();
  browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(`${station.url}/#token=${station.token}`);
  await page.getByText('● live').waitFor();
  const other = new Sqlite(join(data, 'boardwalk.db'));
  other.exec('BEGIN IMMEDIATE');
  const alert = page.getByRole('alert').filter({ hasText: 'NO NEW WORK' });
  await alert.filter({ hasText: 'Another program holds the database' }).waitFor();
  other.exec('ROLLBACK');
  other.close();
  await alert.waitFor({ state: 'detached' });
});

withBrowser('by keys alone an engineer identifies a board, puts its slot out of use and back', async () => {
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32' });
  await station.start();
  browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(`${station.url}/#token=${station.token}`);
  await word(page, '2').filter({ hasText: 'READY' }).waitFor();
  const sheet = page.getByRole('dialog');
  const said = sheet.getByRole('status');
  const press = (name: string) => sheet.getByRole('button', { name }).press('Enter');
  await page.locator('[data-slot="2"] button').press('Enter');
  await sheet.getByRole('heading', { name: 'Slot 2' }).waitFor();
  await press('Identify the board');
  await said.filter({ hasText: 'Verdict: differs' }).waitFor();
  await press('Disable the slot');
  await said.filter({ hasText: 'No run starts in this slot.' }).waitFor();
  await word(page, '2').filter({ hasText: 'LOCKED' }).waitFor();
  await press('Enable the slot');
  await said.filter({ hasText: 'The slot takes work again.' }).waitFor();
  await word(page, '2').filter({ hasText: 'LOCKED' }).waitFor({ state: 'detached' });
});

withBrowser('a command code turns the sounds off, which the strip says until they are on again', async () => {
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  await station.start();
  browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(`${station.url}/#token=${station.token}`);
  await page.getByText('● live').waitFor();
  await page.keyboard.type('%BW-MUTE');
  await page.keyboard.press('Enter');
  await page.getByTestId('muted').filter({ hasText: 'MUTED' }).waitFor();
  await page.reload();
  await page.getByTestId('muted').waitFor();
  await page.getByRole('button', { name: 'Mute the sounds' }).click();
  await page.getByTestId('muted').waitFor({ state: 'detached' });
});
