import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { findProbes, openProbe, openUsbHost, type FoundProbe, type UsbBus } from '@boardwalk/probe';
import { FlashEngine, geometryOf, planFlash, rawImage } from '@boardwalk/flash';
import { control } from './hand.ts';

const BOARDS = 15;
const IMAGE = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7 + 3) & 0x7f);
let bus: UsbBus;
beforeAll(async () => {
  bus = await openUsbHost();
});
afterAll(() => bus.close());

/** What a run does: erase, program, reset, read back. */
async function flash(found: FoundProbe): Promise<void> {
  const probe = await openProbe(found.device);
  try {
    const target = await probe.attach({ connect: 'under-reset' });
    const sizeKib = await target.readHalfWord(0x1ffff7e0);
    const geometry = geometryOf(await target.readWord(0xe0042000), sizeKib);
    const engine = await FlashEngine.open(target, geometry);
    const plan = planFlash(rawImage(IMAGE), geometry);
    await engine.erase(await engine.chooseErase(plan, { scope: 'needed', keep: [] }));
    await engine.program(plan);
    await engine.reset();
    const result = await engine.verify(plan, 'auto');
    expect(result.ranges.length).toBeGreaterThan(0);
    await target.detach({ resume: true });
  } finally {
    await probe.close();
  }
}

test('fifteen probes are found in port order, with serials repaired and duplicates told', async () => {
  const found = await findProbes(bus);
  expect(found).toHaveLength(BOARDS);
  expect(new Set(found.map(({ portPath }) => portPath)).size).toBe(BOARDS);
  expect(found.filter(({ serialState }) => serialState === 'duplicate')).toHaveLength(3);
  expect(found.filter(({ serialState }) => serialState === 'repaired')).toHaveLength(3);
  for (const { serial } of found) expect(serial).toMatch(/^[0-9A-F]{24}$/);
});

test('all fifteen are flashed side by side, and every board’s cells hold the image', async () => {
  await Promise.all((await findProbes(bus)).map(flash));
  const wanted = createHash('sha256').update(IMAGE).digest('hex');
  for (let slot = 1; slot <= BOARDS; slot += 1) {
    const cells = Buffer.from((await control(`flash ${slot}`))['base64'] as string, 'base64');
    expect(createHash('sha256').update(cells.subarray(0, IMAGE.length)).digest('hex')).toBe(wanted);
  }
});

test('a probe that another program holds is refused as busy, and is free afterwards', async () => {
  const [first] = await findProbes(bus);
  const holder = await openProbe(first!.device);
  const again = (await findProbes(bus)).find(({ portPath }) => portPath === first!.portPath);
  await expect(openProbe(again!.device)).rejects.toMatchObject({ code: 'probe.busy' });
  await holder.close();
  const free = await openProbe(again!.device);
  await free.close();
});

test('a reply that never comes is asked for again; a probe that never answers is told, and works once it does', async () => {
  const [first] = await findProbes(bus);
  await control('fault 1 silent-replies 1');
  await flash(first!);
  await control('fault 1 silent-replies 1000');
  await expect(openProbe(first!.device, { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'probe.no_answer',
  });
  await control('fault 1 clear');
  await control('fault 1 short-replies 1');
  await flash((await findProbes(bus))[0]!).catch((error: unknown) => {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(probe|flash)\./) as string });
  });
  await control('fault 1 clear');
  await flash((await findProbes(bus))[0]!);
});

test('without permission the probe is refused with what to do', () => {
  const script = [
    "import { findProbes, openProbe, openUsbHost } from '@boardwalk/probe';",
    'const bus = await openUsbHost();',
    'const [first] = await findProbes(bus);',
    "await openProbe(first.device).catch(({ code, remedy }) => console.log(code, '|', remedy));",
    'process.exit(0);',
  ].join('\n');
  const node = [
    'node',
    '--import',
    'tsx',
    '--conditions=@boardwalk/source',
    '--input-type=module',
    '-e',
    script,
  ];
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--', ...node];
  const cwd = process.env['REPOSITORY'] + '/libs/flash';
  const text = execFileSync('setpriv', nobody, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, HOME: '/tmp' },
  });
  expect(text).toMatch(/^probe\.access_denied \| .*udev/);
});

test('an unplug inside a transfer ends it as disconnected, and the neighbours work on', async () => {
  const [first, second] = await findProbes(bus);
  await control('fault 1 unplug-after 40');
  await expect(flash(first!)).rejects.toMatchObject({ code: 'probe.disconnected' });
  await flash(second!);
});
