import { jest } from '@jest/globals';
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
  data = mkdtempSync(join(tmpdir(), 'boardwalk-policy-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8' });
  await station.start();
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

withBrowser(
  'the pages work under their policy, and a script that found its way into one does not run',
  async () => {
    browser = await launch();
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => /Content Security/.test(message.text()) && said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    const answer = await page.goto(`${station.url}/#token=${station.token}`);
    expect(answer!.headers()['content-security-policy']).toMatch(/script-src 'self' 'sha256-/);
    await page.getByText('● live').waitFor();
    await page.getByRole('link', { name: 'Recipes' }).click();
    await page.getByRole('button', { name: 'New recipe' }).click();
    await page.getByLabel('Name').fill('a');
    await page.getByRole('button', { name: 'Create the recipe' }).click();
    await page.getByTestId('field-error').first().waitFor();
    expect(said).toEqual([]);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      return document.title;
    });
    expect(ran).not.toBe('taken over');
    expect(said).toEqual([expect.stringContaining('Content Security Policy')]);
  },
);
