import type { Execute } from './instruction.ts';
import type { Machine } from './machine.ts';

/** What a single load or store moves. */
export interface Access {
  readonly bytes: 1 | 2 | 4;
  readonly load: boolean;
  readonly signed: boolean;
}

/** Moves one value between Rt and memory; loading PC branches. */
export function transfer(core: Machine, t: number, address: number, access: Access): void {
  if (!access.load) {
    core.store(address, access.bytes, core.r[t]!);
    return;
  }
  const raw = core.load(address, access.bytes);
  const spare = 32 - access.bytes * 8;
  const value = access.signed ? (raw << spare) >> spare : raw;
  if (t === 15) core.branchExchange(value);
  else core.writeRegister(t, value);
}

/** [Rn, #offset], with optional pre- or post-indexing. */
export function immediateOffset(
  t: number,
  n: number,
  offset: number,
  access: Access,
  index = true,
  writeBack = false,
): Execute {
  if (!writeBack) {
    return (core) => transfer(core, t, (core.r[n]! + offset) | 0, access);
  }
  return (core) => {
    const moved = (core.r[n]! + offset) | 0;
    const base = core.r[n]!;
    // The base is written first so that a load into PC or a store of the base sees the architecture's order.
    if (access.load) {
      transferThenWriteBack(core, t, n, index ? moved : base, moved, access);
    } else {
      core.store(index ? moved : base, access.bytes, core.r[t]!);
      core.writeRegister(n, moved);
    }
  };
}

/** LDRT, STRT and their like: as unprivileged code would access, whoever asks. */
export function unprivileged(access: Execute): Execute {
  return (core) => {
    core.unprivilegedAccess = true;
    try {
      access(core);
    } finally {
      core.unprivilegedAccess = false;
    }
  };
}

function transferThenWriteBack(
  core: Machine,
  t: number,
  n: number,
  address: number,
  moved: number,
  access: Access,
): void {
  const raw = core.load(address, access.bytes);
  core.writeRegister(n, moved);
  const spare = 32 - access.bytes * 8;
  const value = access.signed ? (raw << spare) >> spare : raw;
  if (t === 15) core.branchExchange(value);
  else core.writeRegister(t, value);
}

/** [Rn, Rm, LSL #shift]. */
export function registerOffset(t: number, n: number, m: number, shift: number, access: Access): Execute {
  return (core) => transfer(core, t, (core.r[n]! + (core.r[m]! << shift)) | 0, access);
}

/** [PC, #offset] from Align(PC, 4). */
export function literal(t: number, offset: number, access: Access): Execute {
  return (core) => transfer(core, t, (((core.pc + 4) & ~3) + offset) | 0, access);
}

/** LDRD and STRD. */
export function transferDouble(
  t: number,
  t2: number,
  n: number,
  offset: number,
  load: boolean,
  index: boolean,
  writeBack: boolean,
): Execute {
  return (core) => {
    const base = n === 15 ? (core.pc + 4) & ~3 : core.r[n]!;
    const moved = (base + offset) | 0;
    const address = index ? moved : base;
    core.requireAlignment(address, 4);
    if (load) {
      const first = core.load(address, 4);
      const second = core.load((address + 4) | 0, 4);
      if (writeBack) core.writeRegister(n, moved);
      core.r[t] = first;
      core.r[t2] = second;
    } else {
      core.store(address, 4, core.r[t]!);
      core.store((address + 4) | 0, 4, core.r[t2]!);
      if (writeBack) core.writeRegister(n, moved);
    }
  };
}

function countBits(list: number): number {
  let count = 0;
  for (let rest = list; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** LDM, LDMDB, POP. A base in the list keeps what was loaded. */
export function loadMultiple(n: number, list: number, writeBack: boolean, before: boolean): Execute {
  const bytes = countBits(list) * 4;
  return (core) => {
    const base = core.r[n]!;
    let address = before ? (base - bytes) | 0 : base;
    core.requireAlignment(address, 4);
    const moved = before ? address : (base + bytes) | 0;
    const loaded: number[] = [];
    for (let i = 0; i < 16; i += 1) {
      if ((list >>> i) & 1) {
        loaded.push(core.load(address, 4));
        address = (address + 4) | 0;
      }
    }
    if (writeBack && !((list >>> n) & 1)) core.writeRegister(n, moved);
    let at = 0;
    for (let i = 0; i < 15; i += 1) {
      if ((list >>> i) & 1) core.writeRegister(i, loaded[at++]!);
    }
    if (list >>> 15) core.branchExchange(loaded[at]!);
  };
}

/** STM, STMDB, PUSH. */
export function storeMultiple(n: number, list: number, writeBack: boolean, before: boolean): Execute {
  const bytes = countBits(list) * 4;
  return (core) => {
    const base = core.r[n]!;
    let address = before ? (base - bytes) | 0 : base;
    core.requireAlignment(address, 4);
    const moved = before ? address : (base + bytes) | 0;
    for (let i = 0; i < 15; i += 1) {
      if ((list >>> i) & 1) {
        core.store(address, 4, core.r[i]!);
        address = (address + 4) | 0;
      }
    }
    if (writeBack) core.writeRegister(n, moved);
  };
}

/** LDREX, LDREXB, LDREXH. */
export function loadExclusive(t: number, n: number, offset: number, bytes: 1 | 2 | 4): Execute {
  return (core) => {
    const address = (core.r[n]! + offset) | 0;
    core.requireAlignment(address, bytes);
    core.r[t] = core.load(address, bytes);
    core.exclusive = true;
  };
}

/** STREX, STREXB, STREXH: Rd is 0 when stored, 1 when the monitor was open. */
export function storeExclusive(d: number, t: number, n: number, offset: number, bytes: 1 | 2 | 4): Execute {
  return (core) => {
    const address = (core.r[n]! + offset) | 0;
    core.requireAlignment(address, bytes);
    if (core.exclusive) {
      core.store(address, bytes, core.r[t]!);
      core.r[d] = 0;
    } else core.r[d] = 1;
    core.exclusive = false;
  };
}
