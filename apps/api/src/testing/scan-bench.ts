import type { Image, Run, ScanResult, ScanState, Slot, StationEvent } from '@boardwalk/contracts';
import { OpenedStation } from './opened-station.ts';
import { until } from './until.ts';

/** A row of the view scan_log. */
export interface ScanRow {
  readonly operator: string;
  readonly meaning: string;
  readonly code: string | null;
  readonly serial: string | null;
  readonly slot: string | null;
  readonly fate: string | null;
  readonly reason: string | null;
}

/** A station on virtual sockets, and the hands of operators: they scan, put boards in and take them out. */
export class ScanBench {
  readonly station: OpenedStation;

  /** @param sockets what is in each socket at the start; `-` is nothing */
  constructor(sockets: readonly string[], environment: Record<string, string> = {}, data?: string) {
    const boards = sockets.map((spec) => (spec === '-' ? 'f103c8+empty' : spec)).join(',');
    this.station = new OpenedStation(data, { BOARDWALK_VIRTUAL_BOARDS: boards, ...environment });
  }

  async open(): Promise<this> {
    await this.station.open();
    return this;
  }

  /** Recipes with one small image each. */
  async recipes(...names: string[]): Promise<void> {
    const firmware = new DataView(new ArrayBuffer(300));
    // A stack and an entry, so that it is taken for firmware.
    firmware.setUint32(0, 0x20005000, true);
    firmware.setUint32(4, 0x08000009, true);
    const bytes = new Uint8Array(firmware.buffer);
    const upload = await this.station.call('POST', '/api/v1/images?name=a.bin', bytes);
    const { id: image } = (await upload.json()) as Image;
    for (const name of names) await this.station.json('POST', '/recipes', { name, image });
  }

  /** An order for a recipe that has its own name in lower case. */
  order(id: string, rest: object = {}): Promise<unknown> {
    return this.station.json('POST', '/work-orders', { id, recipe: { name: 'app' }, quantity: 30, ...rest });
  }

  async scan(code: string, { token = this.station.token, slot }: { token?: string; slot?: string } = {}) {
    const answer = await this.station.call('POST', '/api/v1/scans', { code, slot }, { token });
    if (answer.status !== 200) throw new Error(`${code}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as ScanResult;
  }

  /** The sentences of several scans, one after the other. */
  async say(...codes: string[]): Promise<string[]> {
    const said: string[] = [];
    for (const code of codes) said.push((await this.scan(code)).message);
    return said;
  }

  async current(token = this.station.token): Promise<ScanState> {
    return (await (
      await this.station.call('GET', '/api/v1/scans/current', undefined, { token })
    ).json()) as ScanState;
  }

  insert(slot: string, board = 'f103c8'): Promise<Slot> {
    return this.station.json('POST', `/virtual/slots/${slot}/insert`, { board });
  }

  remove(slot: string): Promise<Slot> {
    return this.station.json('POST', `/virtual/slots/${slot}/remove`);
  }

  slot(name: string): Promise<Slot> {
    return this.station.json('GET', `/slots/${name}`);
  }

  slotWith(name: string, satisfied: (slot: Slot) => boolean): Promise<Slot> {
    return until(() => this.slot(name), satisfied);
  }

  /** Waits until the slot has ended a run, and the station is idle there. */
  done(name: string): Promise<Slot> {
    return this.slotWith(name, ({ state }) => state === 'done');
  }

  /** Runs that ended, the first first. */
  async runs(): Promise<Run[]> {
    return (await this.station.json<{ data: Run[] }>('GET', '/runs')).data.reverse();
  }

  /** `SN1 1 PASS`: the serial, slot and outcome of each run. */
  async ran(): Promise<string[]> {
    return (await this.runs()).map(({ serial, slot, outcome }) => `${serial} ${slot} ${outcome}`);
  }

  ranSo(satisfied: (runs: string[]) => boolean): Promise<string[]> {
    return until(() => this.ran(), satisfied);
  }

  log(): ScanRow[] {
    return this.station.rows<ScanRow>('SELECT * FROM "scan_log" ORDER BY "scan_id"');
  }

  /** `SN1 started`: what became of each board's code. */
  fates(): string[] {
    return this.log().flatMap(({ code, fate }) => (fate === null ? [] : [`${code} ${fate}`]));
  }

  fatesSo(satisfied: (fates: string[]) => boolean): Promise<string[]> {
    return until(async () => this.fates(), satisfied);
  }

  async events(type: string): Promise<StationEvent[]> {
    const all = await this.station.json<{ data: StationEvent[] }>('GET', '/events?limit=500');
    return all.data.filter((event) => event.type === type);
  }

  close(): Promise<void> {
    return this.station.remove();
  }
}
