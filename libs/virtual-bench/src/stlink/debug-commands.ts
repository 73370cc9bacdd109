import type { Feature } from './features.ts';
import { has } from './features.ts';
import { misc, miscResults } from './bulk-misc.ts';
import { readMemory, writeMemory } from './memory-commands.ts';
import { reply, statusWord } from './reply.ts';
import { V2_SWD_KHZ, V3_JTAG_KHZ, V3_SWD_KHZ } from './speeds.ts';
import type { Outcome, ProbeState } from './probe-state.ts';
import { STATUS } from './status.ts';

const DCRSR = 0xe000edf4;
const DCRDR = 0xe000edf8;
const AIRCR = 0xe000ed0c;
const SYSRESETREQ = 0x05fa0004;
const ENTER_SWD = 0xa3;
const ENTER_JTAG_RESET = 0x00;
const ENTRIES = [ENTER_SWD, 0xa4, ENTER_JTAG_RESET];
/** The TAP of the r1p1 core and that of the later ones; one digit more than DPIDR's (ARM DDI0337). */
const JTAG_IDS: Readonly<Record<number, number>> = { 0x1ba01477: 0x3ba00477, 0x2ba01477: 0x4ba00477 };

/** One command of class F2: what it needs, how long its reply is, what it does with its 16-byte block. */
export interface DebugCommand {
  readonly replyBytes: number;
  readonly feature?: Feature;
  readonly run: (probe: ProbeState, block: DataView) => Outcome;
}

const ok = (): Outcome => ({ reply: reply(2, STATUS.ok) });
const done = (act: (probe: ProbeState, block: DataView) => void, feature?: Feature): DebugCommand => ({
  replyBytes: 2,
  ...(feature ? { feature } : {}),
  run: (probe, block) => {
    act(probe, block);
    return ok();
  },
});

function word(probe: ProbeState, address: number): number {
  const bytes = probe.port.readBlock(address, 4, 4, true);
  return new DataView(bytes.buffer).getUint32(0, true);
}

function setWord(probe: ProbeState, address: number, value: number): void {
  const view = reply(4);
  view.setUint32(0, value, true);
  probe.port.writeBlock(address, new Uint8Array(view.buffer), 4, true);
}

function readRegister(probe: ProbeState, selector: number): number {
  setWord(probe, DCRSR, selector);
  return word(probe, DCRDR);
}

function enter(probe: ProbeState, block: DataView): Outcome {
  if (probe.faults.enterFails > 0) {
    probe.faults.enterFails -= 1;
    return { reply: reply(2, STATUS.noTarget) };
  }
  const wanted = block.getUint8(2);
  if (!ENTRIES.includes(wanted)) return { reply: reply(2, STATUS.unknownCommand) };
  probe.openAps.clear();
  probe.port.powerUp();
  probe.mode = 'debug';
  probe.jtag = wanted !== ENTER_SWD;
  if (wanted === ENTER_JTAG_RESET) setWord(probe, AIRCR, SYSRESETREQ);
  return ok();
}

function idCodes(probe: ProbeState): Outcome {
  const dpidr = probe.port.connect();
  const view = reply(12, STATUS.ok);
  view.setUint32(4, probe.jtag ? (JTAG_IDS[dpidr] ?? dpidr) : dpidr, true);
  return { reply: view };
}

function allRegisters(probe: ProbeState): Outcome {
  const view = reply(88, STATUS.ok);
  for (let selector = 0; selector <= 18; selector += 1) {
    view.setUint32(4 + selector * 4, readRegister(probe, selector), true);
  }
  return { reply: view };
}

function resetLine(probe: ProbeState, block: DataView): Outcome {
  const action = block.getUint8(2);
  if (action === 0) probe.socket.driveReset(true);
  else if (action === 1) probe.socket.driveReset(false);
  else {
    probe.socket.driveReset(true);
    probe.socket.pass(200_000_000);
    probe.socket.driveReset(false);
  }
  return ok();
}

function lastStatus2(probe: ProbeState): Outcome {
  const view = reply(12, probe.lastStatus);
  view.setUint32(4, probe.lastFaultAddress, true);
  return { reply: view };
}

function setSwdFrequency(probe: ProbeState, block: DataView): Outcome {
  const khz = V2_SWD_KHZ[block.getUint16(2, true)];
  if (khz === undefined) return { reply: reply(2, STATUS.frequencyNotSupported) };
  probe.port.clockKhz = khz;
  return ok();
}

function setComFrequency(probe: ProbeState, block: DataView): Outcome {
  const com = block.getUint8(2) & 1;
  const wanted = block.getUint32(4, true);
  const list = com === 0 ? V3_SWD_KHZ : V3_JTAG_KHZ;
  const khz = list.find((each) => each <= wanted) ?? list.at(-1)!;
  probe.comFrequencyKhz[com] = khz;
  if (com === 0) probe.port.clockKhz = khz;
  return { reply: statusWord(STATUS.ok, khz) };
}

function comFrequencies(probe: ProbeState, block: DataView): Outcome {
  const com = block.getUint8(2) & 1;
  const list = com === 0 ? V3_SWD_KHZ : V3_JTAG_KHZ;
  const view = reply(52, STATUS.ok);
  view.setUint32(4, probe.comFrequencyKhz[com]!, true);
  view.setUint32(8, list.length, true);
  list.forEach((khz, i) => view.setUint32(12 + i * 4, khz, true));
  return { reply: view };
}

const DP = 0xffff;

function readDap(probe: ProbeState, block: DataView): Outcome {
  const port = block.getUint16(2, true);
  const register = block.getUint16(4, true);
  if (port !== DP && has(probe.model, 'accessPorts') && !probe.openAps.has(port) && port > 0) {
    return { reply: statusWord(STATUS.ok, 0) };
  }
  const value = port === DP ? probe.port.readDp(register) : probe.port.readAp(port, register);
  return { reply: statusWord(STATUS.ok, value) };
}

function writeDap(probe: ProbeState, block: DataView): Outcome {
  const port = block.getUint16(2, true);
  const register = block.getUint16(4, true);
  const value = block.getUint32(6, true);
  if (port === DP) probe.port.writeDp(register, value);
  else probe.port.writeAp(port, register, value);
  return ok();
}

function boardId(): Outcome {
  return { reply: reply(128, STATUS.ok) };
}

/** Class F2 by its second byte. */
export const DEBUG_COMMANDS: Readonly<Record<number, DebugCommand>> = {
  0x07: { replyBytes: 0, run: (probe, block) => readMemory(probe, block, 4, true) },
  0x08: { replyBytes: 0, run: (probe, block) => writeMemory(probe, block, 4, true) },
  0x0c: { replyBytes: 0, run: (probe, block) => readMemory(probe, block, 1, true) },
  0x0d: { replyBytes: 0, run: (probe, block) => writeMemory(probe, block, 1, true) },
  0x21: {
    replyBytes: 0,
    run: (probe) => {
      probe.leaveDebug();
      return {};
    },
  },
  0x22: {
    replyBytes: 4,
    run: (probe) => {
      const view = reply(4);
      view.setUint32(0, probe.port.connect(), true);
      return { reply: view };
    },
  },
  0x30: { replyBytes: 2, run: enter },
  0x31: { replyBytes: 12, run: idCodes },
  0x32: done((probe) => setWord(probe, AIRCR, SYSRESETREQ)),
  0x33: {
    replyBytes: 8,
    run: (probe, block) => ({ reply: statusWord(STATUS.ok, readRegister(probe, block.getUint8(2))) }),
  },
  0x34: done((probe, block) => {
    setWord(probe, DCRDR, block.getUint32(3, true));
    setWord(probe, DCRSR, (1 << 16) | block.getUint8(2));
  }),
  0x35: done((probe, block) => setWord(probe, block.getUint32(2, true), block.getUint32(6, true))),
  0x36: {
    replyBytes: 8,
    run: (probe, block) => ({ reply: statusWord(STATUS.ok, word(probe, block.getUint32(2, true))) }),
  },
  0x3a: { replyBytes: 88, run: allRegisters },
  0x3b: { replyBytes: 2, run: (probe) => ({ reply: reply(2, probe.lastStatus) }) },
  0x3c: { replyBytes: 2, run: resetLine },
  0x3e: { replyBytes: 12, feature: 'lastStatus2', run: lastStatus2 },
  0x40: done((probe) => (probe.tracing = true), 'trace'),
  0x41: done((probe) => (probe.tracing = false), 'trace'),
  0x42: { replyBytes: 2, feature: 'trace', run: () => ({ reply: reply(2) }) },
  0x43: { replyBytes: 2, feature: 'swdFrequency', run: setSwdFrequency },
  0x44: done(() => undefined, 'jtagFrequency'),
  0x45: { replyBytes: 8, feature: 'dapRegisters', run: readDap },
  0x46: { replyBytes: 2, feature: 'dapRegisters', run: writeDap },
  0x47: { replyBytes: 0, feature: 'memory16', run: (probe, block) => readMemory(probe, block, 2, true) },
  0x48: { replyBytes: 0, feature: 'memory16', run: (probe, block) => writeMemory(probe, block, 2, true) },
  0x4b: {
    replyBytes: 2,
    feature: 'accessPorts',
    run: (probe, block) => {
      const ap = block.getUint8(2);
      if (probe.mode !== 'debug' || ap !== 0) return { reply: reply(2, STATUS.badAp) };
      probe.openAps.add(ap);
      return ok();
    },
  },
  0x4c: done((probe, block) => probe.openAps.delete(block.getUint8(2)), 'accessPorts'),
  0x50: { replyBytes: 0, feature: 'memory16', run: (probe, block) => writeMemory(probe, block, 4, false) },
  0x51: { replyBytes: 0, feature: 'bulkMisc', run: misc },
  0x52: { replyBytes: 8, feature: 'bulkMisc', run: (probe) => miscResults(probe) },
  0x54: { replyBytes: 0, feature: 'bulkMisc', run: (probe, block) => readMemory(probe, block, 4, false) },
  0x56: { replyBytes: 128, feature: 'boardId', run: boardId },
  0x61: { replyBytes: 8, feature: 'comFrequency', run: setComFrequency },
  0x62: { replyBytes: 52, feature: 'comFrequency', run: comFrequencies },
  0x63: { replyBytes: 8, feature: 'comFrequency', run: () => ({ reply: reply(8, STATUS.ok) }) },
};
