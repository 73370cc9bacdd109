/**
 * What can go wrong at a slot, by name. `faults` are laid on at once and stay until cleared, counters count
 * down. Addresses are absolute.
 */
export type FaultSpec =
  | { readonly kind: 'flash-ignores-writes' }
  | { readonly kind: 'flash-wrong-bit'; readonly address: number; readonly bit: number }
  | { readonly kind: 'flash-drops-half-word'; readonly address: number }
  | {
      readonly kind: 'flash-stuck-bit';
      readonly address: number;
      readonly bit: number;
      readonly value: 0 | 1;
    }
  | { readonly kind: 'page-does-not-erase'; readonly address: number }
  | { readonly kind: 'slow-flash'; readonly factor: number }
  | { readonly kind: 'ram-bit'; readonly address: number; readonly bit: number }
  | { readonly kind: 'swd-bit-errors'; readonly aboveKhz: number; readonly oneIn?: number }
  | { readonly kind: 'parity-errors'; readonly count: number }
  /** The next words read from flash in a block arrive with a wrong bit, and nobody notices on the wire. */
  | { readonly kind: 'flash-read-flips'; readonly count: number }
  | { readonly kind: 'swd-waits'; readonly count: number }
  | { readonly kind: 'enter-fails'; readonly count: number }
  | { readonly kind: 'silent-replies'; readonly count: number }
  | { readonly kind: 'short-replies'; readonly count: number }
  | { readonly kind: 'stale-replies'; readonly count: number }
  | { readonly kind: 'stall' }
  /** The firmware gives PA13 and PA14 away with its first instructions; under reset they still answer. */
  | { readonly kind: 'swd-pins-off' }
  | { readonly kind: 'brown-out' }
  | { readonly kind: 'brown-out-after'; readonly transfers: number }
  | { readonly kind: 'unplug-after'; readonly transfers: number };

export type FaultKind = FaultSpec['kind'];
