import type { Slot } from '@boardwalk/contracts';
import { findProbes, type UsbBus } from '@boardwalk/probe';
import { BoardUsb } from '../steps/board-usb.ts';
import { BenchSlot, type SlotChangeType } from './bench-slot.ts';

export interface BenchOptions {
  readonly bus: UsbBus;
  /** Names for ports, as the fixture is labelled; others are numbered in port order. */
  readonly slots?: readonly { readonly name: string; readonly portPath: string }[];
  /** How often idle slots are looked at, wall-clock ms; 0 looks once, when opened. */
  readonly pollMs?: number;
}

export interface BenchChange {
  readonly type: SlotChangeType;
  readonly slot: Slot;
}

const DEFAULT_POLL_MS = 400;

/** The slots of this station on one USB bus. It notices probes and boards that come and go. */
export class Bench {
  readonly #bus: UsbBus;
  readonly #boardUsb: BoardUsb;
  readonly #names: ReadonlyMap<string, string>;
  readonly #pollMs: number;
  readonly #slots: BenchSlot[] = [];
  readonly #listeners = new Set<(change: BenchChange) => void>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #closed = false;

  private constructor(options: BenchOptions) {
    this.#bus = options.bus;
    this.#boardUsb = new BoardUsb(options.bus);
    this.#names = new Map(options.slots?.map(({ name, portPath }) => [portPath, name]));
    this.#pollMs = options.pollMs ?? DEFAULT_POLL_MS;
    for (const { name, portPath } of options.slots ?? []) this.#add(name, portPath);
  }

  /** Every ST-LINK found becomes a slot; a port that loses its probe keeps its slot. */
  static async open(options: BenchOptions): Promise<Bench> {
    const bench = new Bench(options);
    await bench.look();
    bench.#schedule();
    return bench;
  }

  get slots(): readonly BenchSlot[] {
    return this.#slots;
  }

  slot(name: string): BenchSlot | undefined {
    return this.#slots.find((slot) => slot.name === name);
  }

  /** Returns the function that ends the listening. */
  onChange(listener: (change: BenchChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks at USB and at every idle slot once; calls while one look is on join it. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const found = new Map((await findProbes(this.#bus)).map((probe) => [probe.portPath, probe]));
    for (const portPath of found.keys()) {
      if (!this.#slots.some((slot) => slot.portPath === portPath))
        this.#add(this.#nameFor(portPath), portPath);
    }
    for (const slot of this.#slots) slot.plugged(found.get(slot.portPath) ?? null);
    // Side by side: a dead probe never delays its neighbours.
    await Promise.all(this.#slots.map((slot) => slot.look()));
  }

  #nameFor(portPath: string): string {
    const named = this.#names.get(portPath);
    if (named) return named;
    let number = this.#slots.length + 1;
    while (this.slot(String(number))) number += 1;
    return String(number);
  }

  #add(name: string, portPath: string): void {
    const slot = new BenchSlot(name, portPath, this.#boardUsb, (type, snapshot) =>
      this.#tell({ type, slot: snapshot }),
    );
    this.#slots.push(slot);
  }

  #tell(change: BenchChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #schedule(): void {
    if (this.#pollMs === 0 || this.#closed) return;
    this.#timer = setTimeout(() => {
      void this.look()
        .catch(() => undefined)
        .finally(() => this.#schedule());
    }, this.#pollMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking?.catch(() => undefined);
  }
}
