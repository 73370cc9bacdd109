import { columnsOf } from './station-on-virtual-bench.ts';
import { DEFAULT_STEPS } from '@boardwalk/contracts';
import type { DumpFigures } from './dumping.ts';
import type { PeerBesideUs } from './peers.ts';
import type { ProgrammingRow } from './programming.ts';
import type { SideBySideFigures } from './side-by-side.ts';
import type { SoakFigures } from './soak.ts';

const STEPS = columnsOf(DEFAULT_STEPS);
const COLUMNS = ['KiB', 'board', ...STEPS, 'total s', 'floor s', 'ratio', 'program/cells'];
const WIDTHS = COLUMNS.map((name) => (name === 'board' ? 17 : Math.max(name.length, 6)));

/** The table is Markdown, so that it can be pasted as it is. */
export function headOfTable(): string {
  const rule = WIDTHS.map((width) => '-'.repeat(width)).join(' | ');
  return `${line(COLUMNS)}\n| ${rule} |`;
}

export function rowInWords({
  kib,
  board,
  steps,
  totalS,
  floorS,
  programS,
  cellFloorS,
}: ProgrammingRow): string {
  return line([
    String(kib),
    board,
    ...STEPS.map((step) => (steps[step] ?? 0).toFixed(3)),
    totalS.toFixed(3),
    floorS.toFixed(3),
    (totalS / floorS).toFixed(2),
    cellFloorS > 0 ? (programS / cellFloorS).toFixed(3) : '-',
  ]);
}

export function dumpInWords({ kib, readbackS, provedS, readPages, provedPages }: DumpFigures): string {
  const rate = (seconds: number): string => `${seconds.toFixed(3)} s, ${(kib / seconds).toFixed(1)} KiB/s`;
  return [
    `\nDump of ${kib} KiB, every byte read: ${rate(readbackS)}.`,
    `Dump of ${kib} KiB, ${provedPages} pages proved by the target's digests and ${readPages} read: ${rate(provedS)}.`,
  ].join('\n');
}

export function sideBySideInWords({ slots, station }: SideBySideFigures): string {
  return [
    `${slots.count} boards side by side: ${slots.makespanS.toFixed(3)} s, one alone ${slots.oneS.toFixed(3)} s.`,
    `Station: ${station.cpuMsPerRun.toFixed(1)} ms of CPU a run, event-loop delay p99 ${station.loopDelayP99Ms.toFixed(1)} ms.`,
  ].join('\n');
}

/** How many times as fast as its peers the station's whole run is. */
export function peersInWords(peers: readonly PeerBesideUs[]): string {
  const lines = peers.map(({ kib, profile, openocd, stFlash, wholeRunS }) => {
    const { writeS, verifyS, dumpS } = openocd;
    const cells = [
      `${kib} on ${profile}`,
      wholeRunS.toFixed(3),
      `${writeS.toFixed(3)} + ${verifyS.toFixed(3)}`,
      ((writeS + verifyS) / wholeRunS).toFixed(2),
      dumpS.toFixed(3),
      stFlash.writeS.toFixed(1),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '\n| KiB, full board | whole run s | OpenOCD write + verify s | ratio | OpenOCD dump s | st-flash write s (with its sleeps) |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

export function soakInWords({ runs, earlyMib, lateMib }: SoakFigures): string {
  return `Heap after ${Math.ceil(runs / 3)} runs ${earlyMib.toFixed(1)} MiB, after ${runs} runs ${lateMib.toFixed(1)} MiB.`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell, i) => cell.padStart(WIDTHS[i]!)).join(' | ')} |`;
}
