import { jest } from '@jest/globals';
import { CreateRecipe, RecipeStep, type Recipe, type Role } from '@boardwalk/contracts';
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
let image: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-recipes-'));
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

async function opened(environment: Record<string, string> = {}): Promise<void> {
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty', ...environment });
  await station.start();
  ({ id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=app.bin&raw=true',
    Uint8Array.of(1, 2, 3),
  ));
}

/** The recipe page as an account of this role, or with the start token. */
async function pageAs(role?: Role, name = 'eva'): Promise<Page> {
  let { token } = station;
  if (role) {
    await station.json('POST', '/accounts', { name, role });
    ({ token } = await station.json<{ token: string }>('POST', `/accounts/${name}/tokens`, {}));
  }
  browser ??= await launch();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${station.url}/recipes#token=${token}`);
  await page.getByText('VIRTUAL BENCH').waitFor();
  await page.getByTestId('who').waitFor();
  return page;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const alert = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();
const errorAt = (page: Page, field: string, text: string) =>
  page.locator(`[data-field="${field}"] > [data-testid="field-error"]`).filter({ hasText: text }).waitFor();
const latest = (name: string) => station.json<Recipe>('GET', `/recipes/${name}`);

withBrowser('every field of the schema, of every step it knows, is in the form', async () => {
  await opened();
  const page = await pageAs('engineer');
  await press(page, 'New recipe');
  const drawn = async (place: string, fields: string[]) => {
    const ids = await page
      .locator('[data-field], .hidden [id]')
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.field ?? each.id));
    expect(ids).toEqual(expect.arrayContaining(fields.map((field) => `${place}_${field}`)));
  };
  await drawn('root', Object.keys(CreateRecipe.shape));
  const kind = page.getByRole('combobox', { name: 'step' }).first();
  for (const option of RecipeStep.options) {
    await kind.selectOption({ label: option.shape.step.value });
    await drawn('root_steps_0', Object.keys(option.shape));
  }
});

withBrowser('the longest name pushes nothing out of a small screen', async () => {
  await opened();
  const name = `A${'b'.repeat(63)}`;
  await station.json('POST', '/recipes', { name, image });
  const page = await pageAs('quality');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: /^r1/ }).click();
  await page.getByRole('article').waitFor();
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  expect(wide).toBeLessThanOrEqual(room);
});

withBrowser('an engineer makes a recipe, uploads its image there, and orders its steps', async () => {
  await opened();
  const page = await pageAs('engineer');
  await press(page, 'New recipe');
  await page.getByLabel('Name').fill('blinky');
  const firmware = {
    name: 'blinky.bin',
    mimeType: 'application/octet-stream',
    // A stack pointer, a reset vector that points into the file, and its code.
    buffer: Buffer.from([0x00, 0x10, 0x00, 0x20, 0x09, 0x00, 0x00, 0x08, 0xfe, 0xe7, 0x00, 0xbf]),
  };
  await page.locator('input[type=file]').setInputFiles(firmware);
  await page
    .locator('#root_image option:checked')
    .filter({ hasText: 'blinky.bin' })
    .waitFor({ state: 'attached' });
  await page.locator('#root_steps_0_speedKhz').fill('1800');
  await press(page, 'Remove 3');
  await press(page, 'Move 3 down');
  await press(page, 'Add to steps');
  const last = page.getByRole('combobox', { name: 'step' }).last();
  await last.selectOption({ label: 'expectUsb' });
  await page.getByLabel('Usb id').fill('0483:5740');
  await press(page, 'Create the recipe');
  await page.getByRole('heading', { name: 'blinky r1 draft' }).waitFor();
  const made = await latest('blinky');
  expect(made.steps.map(({ step }) => step)).toEqual([
    ...['connect', 'identify', 'program', 'erase', 'reset', 'verify', 'dump', 'reset', 'expectUsb'],
  ]);
  expect(made.steps[0]).toMatchObject({ speedKhz: 1800, mode: 'under-reset' });
  expect(made.steps[2]).toEqual({ step: 'program' });
});

withBrowser(
  'the form refuses at the field, and what only the API knows stands at its field too',
  async () => {
    await opened();
    await station.json('POST', '/recipes', { name: 'taken', image });
    const page = await pageAs('engineer');
    await press(page, 'New recipe');
    await page.getByLabel('Name').fill('!');
    await press(page, 'Move 1 down');
    await press(page, 'Create the recipe');
    const issues = CreateRecipe.safeParse({ name: '!', image, steps: [{ step: 'identify' }] }).error!.issues;
    for (const { path, message } of issues) await errorAt(page, ['root', ...path].join('_'), message);
    await errorAt(page, 'root_image', 'is missing');
    await press(page, 'Move 1 down');
    await page.getByLabel('Name').fill('taken');
    await page.locator('#root_image').selectOption(image);
    await press(page, 'Create the recipe');
    await alert(page, 'There is a recipe "taken" already; add a revision to it.');
    await page.getByLabel('Name').fill('filled');
    const program = page.locator('[data-field="root_steps_4"]');
    await program.getByText('Fill: not used').click();
    await page.locator('#root_steps_4_fill_from').fill('0x08000000');
    await page.locator('#root_steps_4_fill_bytes').fill('16');
    await press(page, 'Create the recipe');
    const answer = await station.call('POST', '/api/v1/recipes', {
      name: 'filled',
      image,
      steps: ['connect', { step: 'program', fill: { from: '0x08000000', bytes: 16 } }],
    });
    const { errors } = (await answer.json()) as { errors: { detail: string }[] };
    await errorAt(page, 'root_steps_4_fill', errors[0]!.detail);
  },
);

withBrowser('a new revision begins with the chosen one, and is not added behind another’s back', async () => {
  await opened();
  await station.json('POST', '/recipes', {
    name: 'app',
    image,
    timeoutSeconds: 77,
    steps: ['connect', 'verify'],
  });
  const page = await pageAs('engineer');
  await press(page, /^r1/);
  await press(page, 'New revision from this');
  await expect(page.getByLabel('Timeout (s)').inputValue()).resolves.toBe('77');
  await station.json('POST', '/recipes/app/revisions', { image });
  await press(page, 'Add the revision');
  await alert(page, 'What If-Match names is not what is here now');
  await press(page, 'Cancel');
  await press(page, 'New revision from this');
  await page.getByLabel('Timeout (s)').fill('78');
  await press(page, 'Add the revision');
  await page.getByRole('heading', { name: 'app r3' }).waitFor();
  expect(await latest('app')).toMatchObject({
    revision: 3,
    timeoutSeconds: 78,
    steps: [{ step: 'connect' }, { step: 'verify' }],
  });
});

withBrowser(
  'a release takes two people where the owner wants two, and retiring is asked once more',
  async () => {
    await opened({ BOARDWALK_RELEASE: 'two' });
    await station.json('POST', '/recipes', { name: 'app', image });
    const sign = async (page: Page) => {
      await press(page, /^r1/);
      await press(page, '✎ Release …');
      await page.getByLabel('Reason').fill('First article passed.');
      await press(page, 'Release');
    };
    const quinn = await pageAs('quality', 'quinn');
    await sign(quinn);
    await quinn.getByText('quinn: release').waitFor();
    await sign(quinn);
    await alert(quinn, 'quinn has signed already; another person must sign too.');
    await quinn.getByLabel('By').fill('otto');
    await press(quinn, 'Release');
    await errorAt(quinn, 'root_by', 'must be "quinn"');
    const otto = await pageAs('quality', 'otto');
    await sign(otto);
    await otto.getByRole('heading', { name: 'app r1 released' }).waitFor();
    await press(otto, '■ Retire …');
    await press(otto, 'Retire');
    await otto.getByRole('alertdialog').getByText('Retire app r1?').waitFor();
    await press(otto, 'Keep it');
    expect((await latest('app')).state).toBe('released');
    await press(otto, '■ Retire …');
    await press(otto, 'Retire');
    await press(otto, '■ Retire');
    await otto.getByRole('heading', { name: 'app r1 retired' }).waitFor();
    expect((await latest('app')).state).toBe('retired');
  },
);

withBrowser(
  'an operator sees recipes, comes back to the bench, and is offered nothing that is refused',
  async () => {
    await opened();
    await station.json('POST', '/recipes', { name: 'app', image });
    const page = await pageAs('operator', 'olga');
    await press(page, /^r1/);
    await page.getByRole('heading', { name: 'app r1 draft' }).waitFor();
    await expect(page.getByRole('main').getByRole('button').allTextContents()).resolves.toEqual([
      'r1 ◌ draft',
    ]);
    await page.getByRole('link', { name: 'Bench' }).click();
    await page.getByLabel('Scan', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Recipes' }).click();
    await page.getByRole('heading', { name: 'app' }).waitFor();
  },
);
