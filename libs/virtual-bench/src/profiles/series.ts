/** Names of the series that a board profile can give. */
export type SeriesName = 'f0' | 'f1' | 'f3';

/** Flags of FLASH_SR that refuse an operation. */
export type RefusalFlag = 'PGERR' | 'WRPRTERR';

/** Blocks of registers that are more than storage: each has a class of its own in `target/`. */
export type PeripheralName = 'flash' | 'clocks' | 'watchdog' | 'crc' | 'debugUnit' | 'systemConfiguration';

/** The AHB-AP: reset value of CSW, and the bytes after which TAR starts again from the same place. */
export interface AccessPortFacts {
  readonly base: number;
  readonly cswReset: number;
  readonly tarWrapBytes: number;
}

/** DBGMCU: IDCODE at offset 0, CR at 4, freeze registers after it. */
export interface DebugUnitFacts {
  readonly base: number;
  /** Bits that keep what is written, by the offset of their register. */
  readonly writable: Readonly<Record<number, number>>;
  /** The bit that stops the independent watchdog while the core is halted. */
  readonly watchdogStop: { readonly offset: number; readonly bit: number };
}

/** The words of the system memory that differ from chip to chip, from `base` up to the option bytes. */
export interface SignatureFacts {
  readonly base: number;
  /** The word whose low half is the flash size in KiB. */
  readonly sizeAddress: number;
  readonly uidAddress: number;
  /** Other words that do not read as ones. */
  readonly others: Readonly<Record<number, number>>;
  /** Whether the size reads as zero while the chip is read-protected. */
  readonly sizeHiddenByProtection: boolean;
  /** Above this clock with zero wait states all of it reads as ones until a reset; null: never. */
  readonly blankAboveHz: number | null;
}

/** RDP, OBR and when the option bytes are loaded. */
export interface OptionFacts {
  /** The RDP byte of level 0. */
  readonly level0: number;
  /** The RDP byte of level 2; null: the series has none. */
  readonly level2: number | null;
  /** Lowest bit of USER and of DATA0 in OBR; DATA1 is after DATA0. */
  readonly obr: { readonly user: number; readonly data: number };
  /** What loads them besides power-on: any system reset, or OBL_LAUNCH alone. */
  readonly loadedBy: 'reset' | 'launch';
  /** Whether FLASH_CR has OBL_LAUNCH, which loads them and resets. */
  readonly launches: boolean;
}

/** How the flash controller differs between series. Times in picoseconds. */
export interface FlashFacts {
  readonly acrReset: number;
  readonly acrWritable: number;
  /** The flag for a half-word of an option byte that is not erased. */
  readonly optionNotErased: RefusalFlag;
  /** What a debugger's half-word for main flash gets at protection level 1; null: it is programmed. */
  readonly protectedProgram: RefusalFlag | null;
  readonly protectedErase: RefusalFlag;
  /** Whether protection level 1 also write-protects the first 4 KiB. */
  readonly protectionKeepsFirstSector: boolean;
  /** Whether the core still fetches from main flash at level 1 with a debugger attached. */
  readonly protectedFetch: boolean;
  readonly halfWordPs: number;
  readonly pageErasePs: number;
  readonly massErasePs: number;
}

/** An input of the PLL, Hz; `divided`: through PREDIV. null: not there. */
export type PllInput = { readonly hz: number; readonly divided: boolean } | null;

export interface ClockFacts {
  /** Lowest bit of PLLSRC in RCC_CFGR, and the inputs by its value. */
  readonly pllSourceShift: number;
  readonly pllInputs: readonly PllInput[];
  /** Offset of the register whose low four bits are PREDIV less one; null: CFGR bit 17 halves, nothing else. */
  readonly predivOffset: number | null;
  /** Oscillators that are ready at once: bits that switch on, by register offset; the next bit up says ready. */
  readonly readyAtOnce: Readonly<Record<number, number>>;
}

/** How firmware gives the SWD pins away. */
export interface DebugPinFacts {
  readonly register: number;
  readonly mask: number;
  readonly value: number;
  /** Whether the pins are off when the masked register equals the value, or when it differs. */
  readonly offWhen: 'equal' | 'different';
}

/** Everything that the boards of one series have in common. Every value has its source in `sources`. */
export interface Series {
  readonly name: SeriesName;
  readonly description: string;
  /** Entries of the root ROM table: offsets from the table, bit 0 present. */
  readonly romTable: readonly number[];
  /** The ROM table's entry for an ETM without its presence bit; null: no entry. */
  readonly etmEntry: number | null;
  readonly accessPort: AccessPortFacts;
  readonly debugUnit: DebugUnitFacts;
  readonly signature: SignatureFacts;
  readonly options: OptionFacts;
  readonly flash: FlashFacts;
  readonly clocks: ClockFacts;
  readonly crc: 'plain' | 'reversing';
  /** Whether the independent watchdog has a window. */
  readonly watchdogWindow: boolean;
  /** Where registers answer: first address, and the one after the last. Elsewhere an access is a bus error. */
  readonly windows: readonly (readonly [from: number, to: number])[];
  /** First addresses of the blocks that have a class; a block is 1 KiB. */
  readonly peripherals: Readonly<Partial<Record<PeripheralName, number>>>;
  /** Registers that are storage only and do not start from zero. */
  readonly resetValues: Readonly<Record<number, number>>;
  /** Registers of GPIO: CRL and CRH, or MODER. */
  readonly pins: 'v1' | 'v2';
  /** GPIO ports: first address, and the one after the last. */
  readonly ports: readonly [from: number, to: number];
  readonly debugPins: DebugPinFacts;
  readonly sources: string;
  readonly fixture: string;
}
