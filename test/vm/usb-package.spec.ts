import { GuestBench } from './guest-bench.ts';

const GUEST_JEST =
  'cd "$REPOSITORY" && node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js ' +
  '--config test/vm/guest/jest.config.mjs --cacheDirectory /tmp/jest --runInBand --json --outputFile=/tmp/result.json';

let bench: GuestBench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs a suite of ours inside the guest; what failed or was skipped there, by name. */
async function inGuest(started: GuestBench, suite: string): Promise<{ passed: number; other: string[] }> {
  const { usbip, control } = started.ports;
  const environment = `BENCH_USBIP_PORT=${usbip} BENCH_CONTROL_PORT=${control} REPOSITORY='${process.cwd()}'`;
  const { stderr } = await started.run(`export ${environment}; ${GUEST_JEST} ${suite}`);
  const { stdout } = await started.run('cat /tmp/result.json');
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  const other = report.testResults.flatMap(({ assertionResults, message }) =>
    assertionResults.length === 0
      ? [message]
      : assertionResults
          .filter(({ status }) => status !== 'passed')
          .map((each) => `${each.fullName}: ${each.failureMessages.join(' ').slice(0, 700)}`),
  );
  return { passed: report.numPassedTests, other };
}

describe('our driver through npm usb in the guest', () => {
  it.each(['f103cb', 'f103cb+probe=v3j10'])('keeps the USB port’s contract with %s', async (board) => {
    bench = await GuestBench.start([board]);
    const { passed, other } = await inGuest(bench, 'port');
    expect(other).toEqual([]);
    expect(passed).toBeGreaterThan(15);
  });

  it('flashes and proves fifteen boards at once behind one hub', async () => {
    const kinds = ['f103c8', 'cks32', 'f103cb+probe=v3j10', 'f103c8+serial=raw', 'f103c8+serial=duplicate'];
    bench = await GuestBench.start(Array.from({ length: 15 }, (_, i) => kinds[i % kinds.length]!));
    const { passed, other } = await inGuest(bench, 'driver');
    expect(other).toEqual([]);
    expect(passed).toBeGreaterThan(2);
  });

  it('runs a station whose probes come and go', async () => {
    bench = await GuestBench.start(['f103c8', 'cks32', 'f103cb+probe=v3j10', 'gd32']);
    const { passed, other } = await inGuest(bench, 'station');
    expect(other).toEqual([]);
    expect(passed).toBe(3);
  });
});
