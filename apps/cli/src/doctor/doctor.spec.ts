import Sqlite from 'better-sqlite3';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@boardwalk/records';
import { checkDisk, checkFolder, checkNode, checkPort } from './host-checks.ts';
import { checkRecords } from './records-checks.ts';
import { ST_LINK_PRODUCTS } from '@boardwalk/probe';
import { systemdService } from './packaging.ts';
import { udevRule } from './udev-rule.ts';
import { checkUsb } from './usb-checks.ts';

/** SQLite's default. */
const PAGE_BYTES = 4096;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'boardwalk-doctor-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** sysfs and /dev as Linux lays them out (Documentation/ABI/stable/sysfs-bus-usb). */
function plugIn(port: string, vendor: string, product: string, devnum: number, node: boolean): void {
  const sys = join(folder, 'sys', port);
  mkdirSync(sys, { recursive: true });
  const facts = { idVendor: vendor, idProduct: product, busnum: '1', devnum: String(devnum) };
  for (const [name, value] of Object.entries(facts)) writeFileSync(join(sys, name), `${value}\n`);
  const dev = join(folder, 'dev', '001');
  mkdirSync(dev, { recursive: true });
  if (node) writeFileSync(join(dev, String(devnum).padStart(3, '0')), '');
}
const usb = () => checkUsb({ sys: join(folder, 'sys'), dev: join(folder, 'dev') });

test('probes that this user may open are counted; other devices are not', () => {
  plugIn('1-1', '0483', '3748', 4, true);
  plugIn('1-4.2', '0483', '374e', 12, true);
  plugIn('1-3', '1d6b', '0002', 1, false);
  expect(usb()).toMatchObject({
    state: 'ok',
    says: expect.stringMatching(/^2 ST-LINKs plugged in/) as string,
  });
});

test('a probe that this user may not open is named with its port, and the fix installs the rule', () => {
  plugIn('1-1', '0483', '3748', 4, true);
  plugIn('1-4.2', '0483', '374b', 12, false);
  expect(usb()).toMatchObject({
    state: 'fail',
    says: expect.stringMatching(/may not open 1 .*V2-1 at port 1-4\.2.*001\/012/) as string,
    fix: expect.stringMatching(/doctor --udev \| sudo tee .*udevadm/) as string,
  });
});

test('no probe and no USB at all are warnings: the virtual bench needs neither', () => {
  expect(usb().state).toBe('warn');
  mkdirSync(join(folder, 'sys'));
  expect(usb()).toMatchObject({ state: 'warn', says: expect.stringMatching(/No ST-LINK/) as string });
});

test('the udev rule has a line for every product that the driver knows, and no other', () => {
  const rules = udevRule()
    .split('\n')
    .filter((line) => line.startsWith('SUBSYSTEM'));
  const lineOf = (product: number): string =>
    `SUBSYSTEM=="usb", ATTR{idVendor}=="0483", ATTR{idProduct}=="${product.toString(16)}", MODE="0660", GROUP="plugdev", TAG+="uaccess"`;
  expect(rules).toEqual([...ST_LINK_PRODUCTS.keys()].map(lineOf));
});

test('the service runs as a user of its own that can write its data alone and has no rights', () => {
  const lines = systemdService().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      ...['User=boardwalk', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'ProtectSystem=strict'],
      ...['StateDirectory=boardwalk', 'StateDirectoryMode=0700', 'DevicePolicy=closed'],
      ...['DeviceAllow=char-usb_device rw', 'Restart=on-failure', 'WantedBy=multi-user.target'],
    ]),
  );
});

test.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.9', 'fail'],
  ['18.20.0', 'fail'],
])('Node.js %s is %s', (version, state) => expect(checkNode(version).state).toBe(state));

test('a token that others can read fails, with the command that closes it', () => {
  writeFileSync(join(folder, 'token'), 'x', { mode: 0o600 });
  expect(checkFolder(folder).state).toBe('ok');
  chmodSync(join(folder, 'token'), 0o644);
  expect(checkFolder(folder)).toMatchObject({ state: 'fail', fix: `chmod 600 '${join(folder, 'token')}'` });
});

test('a data folder that is not there yet is no trouble', () => {
  expect(checkFolder(join(folder, 'a', 'b'))).toMatchObject({ state: 'ok' });
  expect(checkDisk(join(folder, 'a', 'b'), 0).state).not.toBe('fail');
});

test('too little space fails, naming what the station wants', () => {
  expect(checkDisk(folder, 1e9)).toMatchObject({
    state: 'fail',
    says: expect.stringMatching(/below 1000000000/) as string,
  });
});

test('a port that another program has fails, a free one does not', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await checkPort('127.0.0.1', port, folder)).toMatchObject({
    state: 'fail',
    fix: 'BOARDWALK_PORT=4801 npm start',
  });
  other.close();
  await once(other, 'close');
  expect((await checkPort('127.0.0.1', port, folder)).state).toBe('ok');
});

const recordsIn = (place: string) => ({
  folder: place,
  databaseFile: join(place, 'boardwalk.db'),
  images: join(place, 'images'),
});

test('a sound file that cannot be opened where it lies is not judged: the folder is named, and no restore', () => {
  const records = recordsIn(folder);
  migrate(records.databaseFile);
  // As in a folder that cannot be written, SQLite cannot make its file beside the database (sqlite.org/walformat.html).
  symlinkSync(join(folder, 'nowhere', 'shm'), `${records.databaseFile}-shm`);
  const [finding] = checkRecords(records);
  expect(finding).toMatchObject({
    state: 'fail',
    says: expect.stringMatching(/could not be checked: The data folder cannot be written/) as string,
    fix: `sudo chown -R "$USER" '${folder}'`,
  });
});

test('a database that another program holds alone is not judged either', () => {
  const records = recordsIn(folder);
  migrate(records.databaseFile);
  const holder = new Sqlite(records.databaseFile);
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  expect(checkRecords(records)).toMatchObject([
    {
      state: 'fail',
      says: expect.stringMatching(/Another program holds/) as string,
      fix: `fuser -v '${records.databaseFile}'`,
    },
  ]);
  holder.close();
});

test('a damaged page is named as damage, with the restore that mends it', () => {
  const records = recordsIn(folder);
  migrate(records.databaseFile);
  const bytes = readFileSync(records.databaseFile);
  for (let page = 2; page < bytes.length / PAGE_BYTES; page += 1)
    bytes.fill(0xa5, page * PAGE_BYTES, page * PAGE_BYTES + 64);
  writeFileSync(records.databaseFile, bytes);
  expect(checkRecords(records)).toMatchObject([
    {
      state: 'fail',
      says: expect.stringMatching(/damaged|malformed/) as string,
      fix: 'npx boardwalk restore FILE',
    },
  ]);
});

test('the database is checked page by page, and its record row by row', () => {
  const records = recordsIn(folder);
  expect(checkRecords(records).map(({ state }) => state)).toEqual(['ok']);
  migrate(records.databaseFile);
  expect(checkRecords(records).map(({ check, state }) => [check, state])).toEqual([
    ['database', 'ok'],
    ['audit', 'ok'],
  ]);
  writeFileSync(records.databaseFile, 'no database');
  expect(checkRecords(records)).toMatchObject([{ state: 'fail', fix: 'npx boardwalk restore FILE' }]);
});
