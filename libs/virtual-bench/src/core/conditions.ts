/** The flags that conditions look at, each 0 or 1. */
export interface Flags {
  n: number;
  z: number;
  c: number;
  v: number;
}

/** ConditionPassed for a 4-bit condition (ARM DDI0403 A7.3.1). */
export function conditionHolds(condition: number, flags: Flags): boolean {
  switch (condition) {
    case 0:
      return flags.z === 1;
    case 1:
      return flags.z === 0;
    case 2:
      return flags.c === 1;
    case 3:
      return flags.c === 0;
    case 4:
      return flags.n === 1;
    case 5:
      return flags.n === 0;
    case 6:
      return flags.v === 1;
    case 7:
      return flags.v === 0;
    case 8:
      return flags.c === 1 && flags.z === 0;
    case 9:
      return flags.c === 0 || flags.z === 1;
    case 10:
      return flags.n === flags.v;
    case 11:
      return flags.n !== flags.v;
    case 12:
      return flags.z === 0 && flags.n === flags.v;
    case 13:
      return flags.z === 1 || flags.n !== flags.v;
    default:
      return true;
  }
}
