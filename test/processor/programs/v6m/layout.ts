/** Places in the 16 KiB of RAM that QEMU's Cortex-M0 has; stacks may wander by some hundred bytes. */
export const DATA_BASE = 0x20001000;
export const MAIN_STACK = 0x20002800;
export const PROCESS_STACK = 0x20003800;
