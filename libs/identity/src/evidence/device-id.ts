import { SERIES } from '@boardwalk/series';
import { isArm, isSt } from '../designer.ts';
import { isF103Ordered } from '../expectation.ts';
import type { Facts } from '../facts.ts';
import { F103_DEVICES, GIGADEVICE_REVISIONS } from '../lines.ts';
import { is, register, rows, type EvidenceRow } from './row.ts';

/** IDCODE bits 31:16 of Artery's series; the whole word is the part (OpenOCD's driver and Black Magic). */
const ARTERY_SERIES = [0x7003, 0x7005, 0x7008];
const SERIES_NAMES = SERIES.map(({ name }) => name);

const isF103 = ({ deviceId }: Facts): boolean => is(deviceId, ...F103_DEVICES);
const isF1 = ({ line }: Facts): boolean => line?.series === 'STM32F1';
const isOrdered = ({ deviceId, expectation }: Facts): boolean =>
  is(deviceId, ...(expectation.deviceIds ?? []));
const nibble = ({ registers: { deviceId: idcode } }: Facts): number | null =>
  idcode === null ? null : (idcode >>> 12) & 15;

/** Beside a core of ST's F103 such a word is a bad read. */
export const isArtery = (f: Facts): boolean =>
  is(f.revision, ...ARTERY_SERIES) && (f.core === 'M4' || isArm(f.designer));

/**
 * ST's silicon of another line. Where the station has facts of its series and no model of evidence, the chip is only said to be
 * another part when an F103 is known to have been ordered.
 */
export function isOtherLine(f: Facts): boolean {
  if (!isSt(f.designer) || f.line === null || !f.lineCertain || isF103(f) || isOrdered(f)) return false;
  const hasNoModel = f.line.series !== null && f.line.series !== 'STM32F1';
  return !hasNoModel || isF103Ordered(f.expectation);
}

const isRevisionKnown = ({ line, revision }: Facts): boolean =>
  is(revision, ...(line?.revisions ?? []), ...GIGADEVICE_REVISIONS);

export const DEVICE_ID_EVIDENCE: readonly EvidenceRow[] = [
  ...rows(
    {
      ...{ group: 'dbg', read: register((f) => f.registers.deviceId) },
      expected: 'DEV_ID 0x410, 0x412, 0x414 or 0x430 with a known revision',
      ...{ source: 'RM0008 31.6.1; public logs of marked parts', cites: ['manual', 'openocd', 'blackMagic'] },
    },
    ['DEVID_F103', [1, 'A', 'supports'], isF103, 'the device id is one of the F103 lines'],
    [
      'DEVID_ORDERED',
      [1, 'A', 'supports'],
      (f) => isOrdered(f) && !isF103(f),
      'the device id is the one ordered',
    ],
    ['SERIES_AT32', [-4, 'A', 'specific'], isArtery, 'the upper half is a series number of Artery’s AT32'],
    [
      'DEVID_ODD',
      [-4, 'A', 'odd'],
      (f) => f.deviceId !== null && !isF1(f) && !isOrdered(f) && !isOtherLine(f) && !isArtery(f),
      'the device id belongs to no F1',
    ],
    ['IDNIB_ZERO', [-3, 'B', 'odd'], (f) => isF1(f) && nibble(f) === 0, 'bits 15:12 are 6 on ST’s parts'],
    ['REV_UNKNOWN', [-2, 'B', 'odd'], (f) => isF1(f) && !isRevisionKnown(f), 'ST published no such revision'],
    [
      'REV_GD',
      [-3, 'B', 'specific'],
      (f) => isF1(f) && f.lineCertain && is(f.revision, ...GIGADEVICE_REVISIONS),
      'the revision is one that GigaDevice uses',
    ],
  ),
  ...rows(
    {
      ...{ group: 'dbg', read: (f) => f.line?.name ?? 'not read', expected: 'a line of the STM32F103' },
      ...{
        source: 'DEV_ID in the reference manual of each line',
        cites: ['manual', 'openocd'],
        series: SERIES_NAMES,
      },
    },
    ['LINE_OTHER', [-4, 'A', 'specific'], isOtherLine, 'the device id is that of another line of ST'],
  ),
];
