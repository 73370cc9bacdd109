import { jest } from '@jest/globals';
import type { IdentityModel } from '@boardwalk/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, withBrowser } from './browser-page.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(120_000);

let browser: Browser | undefined;
let station: StationProcess;
let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-help-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8' });
  await station.start();
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

withBrowser('the page How we judge has each weight with its grade and its public source', async () => {
  browser = await launch();
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(`${station.url}/help/identity#token=${station.token}`);
  await page.getByRole('heading', { name: 'From weights to a verdict' }).waitFor();
  const headers = { authorization: `Bearer ${station.token}` };
  const answer = await fetch(`${station.url}/api/v1/identity/model`, { headers });
  const { evidence } = (await answer.json()) as IdentityModel;
  expect(evidence.length).toBeGreaterThan(30);
  for (const { id, weight, reliability, source, sources } of evidence) {
    const row = page.locator(`tr[id="${id}"]`);
    const cells = await row.locator('td').allTextContents();
    const [weighs, shown] = [weight > 0 ? `+${weight}` : String(weight), cells.pop()];
    expect([id, ...cells]).toEqual(expect.arrayContaining([id, weighs, reliability]));
    expect([id, shown]).toEqual([id, `${source}${sources.map(({ title }) => title).join('')}`]);
    const links = await row
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect([id, links]).toEqual([id, sources.map(({ url }) => url)]);
  }
  expect(said).toEqual([]);
});
