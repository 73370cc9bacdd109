/** Reads a register of the port, by its offset. */
type ReadRegister = (offset: number) => number;

/** Registers of a GPIO port: where they are, and what a pin's level follows from. */
export interface PinLayout {
  readonly input: number;
  readonly output: number;
  /** Sets by its low half and resets by its high half. */
  readonly setReset: number;
  readonly reset: number;
  /** The reset value of the mode registers of a port that has none in the series' row. */
  modesAtReset(offset: number): number;
  level(pin: number, read: ReadRegister): number;
}

/** CRL and CRH out of reset: every pin a floating input. */
const ALL_FLOATING = 0x44444444;
/** CNF and MODE of a pin that is an input (RM0008 9.2.1). */
const INPUT_ANALOG = 0;
const INPUT_PULLED = 8;

/**
 * CRL, CRH, IDR, ODR, BSRR, BRR. A pin in output mode reads its output; one that is pulled reads the way ODR pulls it;
 * an analog one reads zero (RM0008 9.1.7, 9.1.10, table 20). A floating one reads high, as on the usual board.
 */
const CONTROL_NIBBLES: PinLayout = {
  input: 0x08,
  output: 0x0c,
  setReset: 0x10,
  reset: 0x14,
  modesAtReset: (offset) => (offset < 8 ? ALL_FLOATING : 0),
  level: (pin, read) => {
    const control = (read(pin < 8 ? 0 : 4) >>> (4 * (pin & 7))) & 15;
    if ((control & 3) !== 0 || control === INPUT_PULLED) return (read(0x0c) >>> pin) & 1;
    return control === INPUT_ANALOG ? 0 : 1;
  },
};

const MODE_OUTPUT = 1;
const MODE_ANALOG = 3;
const PULL_DOWN = 2;

/** MODER, OTYPER, OSPEEDR, PUPDR, IDR, ODR, BSRR, LCKR, AFRL, AFRH, BRR (RM0091 8.4). A pin that is not pulled reads high. */
const MODE_PAIRS: PinLayout = {
  input: 0x10,
  output: 0x14,
  setReset: 0x18,
  reset: 0x28,
  modesAtReset: () => 0,
  level: (pin, read) => {
    const mode = (read(0) >>> (2 * pin)) & 3;
    if (mode === MODE_OUTPUT) return (read(0x14) >>> pin) & 1;
    if (mode === MODE_ANALOG) return 0;
    return ((read(0x0c) >>> (2 * pin)) & 3) === PULL_DOWN ? 0 : 1;
  },
};

export const PIN_LAYOUTS = { v1: CONTROL_NIBBLES, v2: MODE_PAIRS } as const;
