const sha = (digits: string): string => digits.repeat(32);

/** The content of a certificate, as the API document shows one. */
export const CERTIFICATE_EXAMPLE = {
  version: 1,
  says: 'Board 7, serial SN7, passed run run_7.',
  issuedAt: '2026-11-27T12:00:00.000Z',
  station: { id: 'st_1', name: 'bench-a', version: '1.0.0', bench: 'virtual' },
  board: {
    ...{ number: 7, serial: 'SN7', uid: '066bff343333454e43036728', deviceId: '0x20036410' },
    ...{ dpidr: '0x1ba01477', reference: null },
  },
  run: {
    ...{ id: 'run_7', sequence: 42, startedAt: '2026-11-27T11:00:00.000Z', outcome: 'PASS', attempt: 1 },
    ...{ finishedAt: '2026-11-27T11:00:20.000Z', slot: '1', operator: 'ann', jobId: 'job_1', lot: 'B7' },
    ...{ workOrder: 'WO-1', supplier: 'Mouser', virtual: true, stationVersion: '1.0.0' },
  },
  image: { sha256: sha('ab'), fileSha256: sha('cd'), name: 'app.hex' },
  recipe: {
    ...{ name: 'app', revision: 3, author: 'eve' },
    signatures: [{ action: 'release', by: 'A. Weber', at: '2026-11-20T08:00:00.000Z', reason: null }],
  },
  verify: {
    method: 'digest',
    ranges: [{ address: '0x08000000', bytes: 512, sha256: sha('ef') }],
    sampledPages: 4,
  },
  dumpBeforeSha256: sha('01'),
  dumpAfterSha256: sha('02'),
  patches: [{ address: '0x08000100', from: 'serial', value: 'SN7', hex: '534e37' }],
  assessment: {
    ...{
      verdict: 'consistent',
      strength: 'high',
      resembles: null,
      score: 9,
      modifiers: [],
      summary: 'As ST.',
    },
    findings: [
      {
        ...{ id: 'ROM_PID', group: 'rom', weight: 4, reliability: 'A', read: '0x20', expected: '0x20' },
        ...{ why: 'JEP106 of ST', source: 'RM0008', excused: false },
      },
    ],
  },
  record: {
    generation: 'gen_1',
    runEnd: { id: 50, hash: sha('03') },
    head: { id: 60, hash: sha('04') },
  },
};
