import { createHash } from 'node:crypto';
import { GuestBench, pattern } from './guest-bench.ts';

/** A chip of every kind behind a probe of every kind: those that a factory's bench may meet. */
const BOARDS = [
  'f103c8',
  'f103cb+probe=v3j10',
  'cks32',
  'cks32+probe=v3j10',
  'gd32',
  'apm32',
  'hk32',
  'mh2103',
  'ch32',
  'f103c4',
  'f103re',
  'f103cb+serial=raw',
  'f103cb+serial=duplicate',
  'f103cb+serial=duplicate',
  'f103c8+serial=missing',
];
const IMAGE = pattern(7001, 3);

let bench: GuestBench;
const repository = process.cwd();
const boardwalk = (words: string) =>
  bench.run(
    `cd /tmp && BOARDWALK_BENCH=usb BOARDWALK_DATA=/tmp/data node ${repository}/apps/cli/bin/boardwalk.mjs ${words}`,
  );

interface Document {
  readonly results: readonly {
    readonly slot: string;
    readonly outcome?: string;
    readonly [field: string]: unknown;
  }[];
}
const json = <Shape = Document>({ stdout }: { stdout: string }): Shape => JSON.parse(stdout) as Shape;

beforeAll(async () => {
  bench = await GuestBench.start(BOARDS);
  await bench.run(`base64 -d >/tmp/app.bin <<< '${IMAGE.toString('base64')}'`);
});
afterAll(() => bench.close());

describe('the command line through npm usb on fifteen virtual probes', () => {
  it('lists every probe with its firmware and a serial that can be typed', async () => {
    const listed = await boardwalk('probes --json');
    expect(listed.code).toBe(0);
    const { probes } = json<{
      probes: { port: string; firmware: string; serial: string; serialState: string }[];
    }>(listed);
    expect(probes).toHaveLength(BOARDS.length);
    expect(probes.filter(({ firmware }) => firmware === 'V3J10M3')).toHaveLength(2);
    expect(probes.filter(({ serialState }) => serialState === 'duplicate')).toHaveLength(2);
  });

  it('identifies every chip for what it is', async () => {
    const identified = await boardwalk('identify --all --json');
    expect(identified.code).toBe(0);
    const verdicts = json<{ results: { assessment: { verdict: string } }[] }>(identified).results;
    expect(
      verdicts.map(({ assessment }) => assessment.verdict).filter((verdict) => verdict === 'differs').length,
    ).toBeGreaterThan(4);
  });

  it('flashes, verifies and dumps every board, and the cells hold it', async () => {
    const flashed = await boardwalk('flash app.bin --raw --all --json');
    expect(json(flashed).results.map(({ slot, outcome, detail }) => [slot, outcome, detail])).toEqual(
      BOARDS.map((_, i) => [String(i + 1), 'PASS', null]),
    );
    const dumped = await boardwalk('dump out.bin --bytes 7001 --all --json');
    const wanted = createHash('sha256').update(IMAGE).digest('hex');
    expect(json(dumped).results.every(({ sha256 }) => sha256 === wanted)).toBe(true);
    for (const i of BOARDS.keys())
      expect((await bench.flash(i + 1)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
  });

  it('erases, resets, sets option bytes, protects and unprotects', async () => {
    const on = '--slot 2';
    expect((await boardwalk(`erase --range 0x08000400,1 ${on}`)).code).toBe(0);
    expect((await bench.flash(2)).subarray(1024, 2048).every((byte) => byte === 0xff)).toBe(true);
    expect((await boardwalk(`reset ${on}`)).code).toBe(0);
    expect((await boardwalk(`options set DATA0=0x5c ${on}`)).code).toBe(0);
    const { options } = json<{ options: { DATA0: number } }>(await boardwalk(`options get --json ${on}`));
    expect(options.DATA0).toBe(0x5c);
    expect((await boardwalk(`protect ${on}`)).code).toBe(0);
    expect((await boardwalk(`unprotect --yes ${on}`)).code).toBe(0);
    expect((await bench.flash(2)).every((byte) => byte === 0xff)).toBe(true);
  });

  it('tells an ordinary user, who may not open the probe, what to do', async () => {
    const words = 'identify --slot 1';
    const user = `setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp BOARDWALK_BENCH=usb BOARDWALK_DATA=/tmp/nobody`;
    const refused = await bench.run(
      `mkdir -p /tmp/nobody && chown 65534:65534 /tmp/nobody && cd /tmp && ${user} node ${repository}/apps/cli/bin/boardwalk.mjs ${words}`,
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/permission|udev/i);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    const doctor = await bench.run(`cd /tmp && ${user} node ${repository}/apps/cli/bin/boardwalk.mjs doctor`);
    expect([doctor.code, doctor.stdout]).toEqual([2, expect.stringMatching(/udev/)]);
  });

  it('ends a run whose probe is pulled, in words, while its neighbours pass', async () => {
    await bench.control('fault 4 unplug-after 60');
    const flashed = await boardwalk('flash app.bin --raw --all --json');
    const outcomes = json(flashed).results.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'PASS')).toHaveLength(BOARDS.length - 1);
    expect(outcomes[3]).toBe('ERROR');
  });
});
