import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BENCHES } from './bench-states.ts';
import { launch, withBrowser } from './browser-page.ts';
import { clippedTexts } from './clipped-texts.ts';
import { StationProcess } from './running-station.ts';
import { shownBench, type Looker } from './shown-bench.ts';

jest.setTimeout(600_000);

const SIZES = [
  [1920, 1080],
  [1280, 720],
  [820, 1180],
] as const;
const THEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'de', 'zh', 'es'] as const;
/** A folder into which every page that is looked at is drawn, for a person who looks too. */
const DRAW_INTO = process.env.BOARDWALK_SCREENSHOTS;

let browser: Browser | undefined;
let station: StationProcess;
let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-look-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8+empty' });
  await station.start();
});
afterEach(async () => {
  await browser?.close();
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Faults of the page at one size, in words. */
async function faults(page: Page): Promise<string[]> {
  const { height, width } = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight - window.innerHeight,
    width: document.documentElement.scrollWidth - window.innerWidth,
  }));
  const overflow = [
    ...(height > 0 ? [`${height} px are below the window`] : []),
    ...(width > 0 ? [`${width} px are beside the window`] : []),
  ];
  return [...overflow, ...(await page.evaluate(clippedTexts))];
}

const LOOKS: readonly (readonly [bench: string, role: Looker])[] = [
  ...Object.keys(BENCHES).map((name) => [name, 'operator'] as const),
  ['states', 'engineer'],
];

for (const [name, role] of LOOKS)
  withBrowser(
    `24 slots fit every screen in every language, no text is clipped: ${name}, ${role}`,
    async () => {
      browser = await launch();
      const page = await shownBench(browser, station, BENCHES[name]!, role);
      const found: string[] = [];
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        for (const language of LANGUAGES) {
          await page.locator('main select').selectOption(language);
          for (const colorScheme of THEMES) {
            await page.emulateMedia({ colorScheme });
            const at = `${name}-${role}-${width}x${height}-${language}-${colorScheme}`;
            found.push(...(await faults(page)).map((fault) => `${at}: ${fault}`));
            if (DRAW_INTO !== undefined) await page.screenshot({ path: join(DRAW_INTO, `${at}.png`) });
          }
        }
      }
      expect(found).toEqual([]);
    },
  );
