import { jest } from '@jest/globals';
import type { Problem, Slot, VirtualProfile, VirtualSlot } from '@boardwalk/contracts';
import { accountOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(60_000);

const UID = '066cff485349755087114331';

let station: OpenedStation;

async function open(boards: string, environment: Record<string, string> = {}): Promise<void> {
  station = await new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: boards, ...environment }).open();
}
const close = (): Promise<void> => station.remove();

const post = (path: string, body?: unknown): Promise<Slot> =>
  station.json<Slot>('POST', `/virtual/slots/${path}`, body);
const sockets = async (): Promise<VirtualSlot[]> =>
  (await station.json<{ data: VirtualSlot[] }>('GET', '/virtual/slots')).data;

async function refusal(path: string, body?: unknown): Promise<Problem> {
  const answer = await station.call('POST', `/api/v1/virtual/slots/${path}`, body);
  const problem = (await answer.json()) as Problem;
  expect(answer.status).toBe(problem.status);
  return problem;
}

describe('boards in the sockets', () => {
  afterEach(close);

  test('the slot is answered after the bench has looked, so it shows the board, and no board after it is out', async () => {
    await open('f103cb+empty,f103c8');
    expect(await post('1/insert', { board: `f103cb+uid=${UID}` })).toMatchObject({
      ...{ name: '1', state: 'ready', board: { uid: UID, deviceId: '0x20036410', flashSizeKib: 128 } },
    });
    expect(await sockets()).toMatchObject([
      { name: '1', port: '1-1', board: `f103cb+uid=${UID}`, uid: UID, person: true },
      { name: '2', port: '1-2', board: 'f103c8', person: false },
    ]);
    expect(await post('1/remove')).toMatchObject({ state: 'empty', board: null });
    expect(await post('1/remove', {})).toMatchObject({ state: 'empty', board: null });
    expect((await sockets())[0]).toMatchObject({ board: null, uid: null });
  });

  test('a board that is put in after another has a unique id of its own, the same one only by name', async () => {
    await open('f103cb+empty');
    const uids: string[] = [];
    for (const board of ['f103cb', 'f103cb', 'cks32', 'f103cb']) {
      uids.push((await post('1/insert', { board })).board!.uid!);
      await post('1/remove');
    }
    expect(new Set(uids).size).toBe(4);
    const again = await post('1/insert', { board: `f103cb+uid=${uids[0]}` });
    expect(again.board!.uid).toBe(uids[0]);
  });

  test('a board that is taken out while it is at work is gone when the request is answered, and its run is no PASS', async () => {
    await open('f103cb');
    const bytes = new Uint8Array(40_000).fill(7);
    const { id: image } = await station.json<{ id: string }>('POST', '/images?name=a.bin&raw=true', bytes);
    const job = await station.json<{ id: string }>('POST', '/jobs', { image, units: [{ slot: '1' }] });
    await until(
      () => station.json<Slot>('GET', '/slots/1'),
      ({ run }) => run?.step === 'program',
    );
    expect(await post('1/remove')).toMatchObject({ state: 'empty', board: null });
    const { board } = await post('1/insert', { board: 'f103cb' });
    expect(board!.uid).toBe((await sockets())[0]!.uid);
    const { data } = await station.json<{ data: { outcome: string }[] }>('GET', `/jobs/${job.id}/runs`);
    expect(data.map(({ outcome }) => outcome === 'PASS')).toEqual([false]);
  });

  test('of two requests for one socket one puts its board in', async () => {
    await open('f103cb+empty');
    const answers = await Promise.all(
      ['f103cb', 'cks32', 'f103c8'].map((board) =>
        station.call('POST', '/api/v1/virtual/slots/1/insert', { board }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409]);
    expect((await sockets())[0]).toMatchObject({ board: 'f103cb' });
  });

  test('a board that no probe sees is in its socket all the same', async () => {
    await open('f103cb+empty');
    expect(await post('1/insert', { board: 'f103cb+voltage=1.2' })).toMatchObject({ board: null });
    expect((await sockets())[0]).toMatchObject({ board: 'f103cb+voltage=1.2' });
    expect(await refusal('1/insert', { board: 'f103cb' })).toMatchObject({
      ...{ status: 409, code: 'wrong-state' },
      detail: 'Slot 1 already has a board. Remove it first: POST /api/v1/virtual/slots/1/remove.',
    });
  });
});

describe('a request that cannot be met', () => {
  beforeAll(() => open('f103cb+empty,f103cb'));
  afterAll(close);

  test.each([
    ['f103', /there is no board profile "f103"\. Did you mean f103c8/],
    ['f103cb+rdp9', /there is no option "rdp9"\. Did you mean rdp1/],
    ['f103cb+rdp2', /an f103cb has no read protection of level 2\. Write \+rdp1/],
    ['f103cb+empty', /option "empty" says that the socket has no board\. .* use remove/],
    ['f103cb+probe=v3j10', /option "probe" belongs to the probe/],
    ['cks32+firmware=/etc/hostname', /option "firmware" names a file .* flash the file with a job/],
    ['cks32+wrp+firmware', /option "firmware" names a file/],
    ['', /must not be empty/],
    ['f103cb\u0000', /no control characters/],
    [7, /must be a text/],
    [undefined, /is missing/],
  ])('the spec %j is refused by what is wrong with it', async (board, says) => {
    const problem = await refusal('1/insert', { board });
    expect(problem).toMatchObject({ status: 400, code: 'invalid', errors: [{ pointer: '/board' }] });
    expect(problem.detail).toMatch(says);
    expect((await sockets())[0]).toMatchObject({ board: null, person: false });
  });

  test.each([
    ['gremlin', '/fault', /There is no fault "gremlin"\. Faults: flash-ignores-writes, /],
    ['enter-fail 1', '/fault', /Did you mean enter-fails/],
    ['enter-fails', '/fault', /takes 1 value, not 0\. Write: enter-fails COUNT/],
    [{ kind: 'enter-fails', count: -1 }, '/fault/count', /count cannot be -1/],
    [{ kind: 'enter-fails', counts: 1 }, '/fault/counts', /has no "counts"/],
    [{ count: 1 }, '/fault', /kind is missing/],
    [undefined, '/fault', /./],
  ])('the fault %j is refused at %s', async (fault, pointer, says) => {
    const problem = await refusal('2/fault', { fault });
    expect(problem).toMatchObject({ status: 400, code: 'invalid', errors: [{ pointer }] });
    expect(problem.detail).toMatch(says);
  });

  test('a fault of a board needs a board, one of the probe does not', async () => {
    expect(await refusal('1/fault', { fault: 'flash-ignores-writes' })).toMatchObject({
      ...{ status: 409, code: 'wrong-state' },
      detail: 'Slot 1 has no board that "flash-ignores-writes" could affect. Insert one first.',
    });
    await post('1/fault', { fault: 'enter-fails 1' });
  });

  test.each([
    ['insert', { board: 'f103cb' }],
    ['remove', undefined],
    ['fault', { fault: 'stall' }],
    ['clear', undefined],
  ])('%s of a slot that is not there is 404', async (verb, body) => {
    expect(await refusal(`9/${verb}`, body)).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('faults', () => {
  afterEach(close);

  test('a fault changes what a run says of the board, and clear takes it off', async () => {
    await open('f103cb');
    const image = await station.json<{ id: string }>(
      'POST',
      '/images?name=a.bin&raw=true',
      new Uint8Array(600).fill(7),
    );
    const outcome = async (): Promise<string | null> => {
      const job = await station.json<{ id: string }>('POST', '/jobs', {
        image: image.id,
        units: [{ slot: '1' }],
      });
      const state = async () => (await station.json<{ state: string }>('GET', `/jobs/${job.id}`)).state;
      await until(state, (found) => found === 'completed');
      const { data } = await station.json<{ data: { outcome: string }[] }>('GET', `/jobs/${job.id}/runs`);
      return data[0]!.outcome;
    };
    expect(await post('1/fault', { fault: 'flash-wrong-bit 0x08000010 0' })).toMatchObject({ name: '1' });
    expect(await outcome()).toBe('FAIL');
    await post('1/clear');
    expect(await outcome()).toBe('PASS');
  });

  test('a fault may name its parameters; a probe that it unplugs is there again once it is cleared', async () => {
    await open('f103cb');
    await post('1/fault', { fault: { kind: 'unplug-after', transfers: '0x1' } });
    await until(
      () => station.json<Slot>('GET', '/slots/1'),
      ({ state }) => state === 'no-probe',
    );
    expect(await post('1/clear')).toMatchObject({ state: 'ready', probe: { usbId: '0483:3748' } });
    expect((await sockets())[0]).toMatchObject({ person: false });
  });
});

describe('who may, and where', () => {
  afterEach(close);

  test('on a USB bench every request about a socket is 409 not-virtual, and says how to get a virtual one', async () => {
    await open('f103cb', { BOARDWALK_BENCH: 'usb' });
    const paths: [string, unknown][] = [
      ['1/insert', { board: 'f103cb' }],
      ['1/remove', undefined],
      ['1/fault', { fault: 'stall' }],
      ['1/clear', undefined],
    ];
    for (const [path, body] of paths) {
      const problem = await refusal(path, body);
      expect([path, problem.status, problem.code]).toEqual([path, 409, 'not-virtual']);
      expect(problem.detail).toMatch(/USB bench.*BOARDWALK_BENCH=virtual/);
    }
    expect((await station.call('GET', '/api/v1/virtual/slots')).status).toBe(409);
  });

  test('operators may, as at a real bench; quality may look', async () => {
    await open('f103cb+empty');
    const insert = async (role: 'operator' | 'engineer' | 'quality'): Promise<number> => {
      const token = await accountOn(station.file, role, role);
      const body = { board: 'f103cb' };
      return (await station.call('POST', '/api/v1/virtual/slots/1/insert', body, { token })).status;
    };
    expect([await insert('quality'), await insert('operator'), await insert('engineer')]).toEqual([
      403, 200, 409,
    ]);
  });

  test('every profile that is listed may be put in', async () => {
    await open('f103cb+empty');
    const { data } = await station.json<{ data: VirtualProfile[] }>('GET', '/virtual/profiles');
    expect(data.find(({ name }) => name === 'cks32')!.description).toMatch(/^CKS32F103C8 as sold/);
    for (const { name } of data) {
      expect(await post('1/insert', { board: name })).toMatchObject({ state: 'ready', board: {} });
      await post('1/remove');
    }
  });
});
