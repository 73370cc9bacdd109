import { REGISTER_NAMES, type RegisterName } from '@boardwalk/series';
import {
  CreateJob,
  CreateRecipe,
  CreateSerialRange,
  CreateWorkOrder,
  type Assessment,
  type Identity,
  type Outcome,
} from '@boardwalk/contracts';
import type { IdentifiedAnswer, RunResult } from '@boardwalk/station';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { BoardBook } from '../boards/board-book.ts';
import { OldRuns } from '../boards/old-runs.ts';
import { EventLog } from '../events/event-log.ts';
import { ImageStore } from '../images/image-store.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { JobReferences } from '../jobs/job-references.ts';
import { ClaimDesk } from '../jobs/claim-desk.ts';
import { Recorder, type Claim, type SlotFacts } from '../jobs/claims.ts';
import { JobHolds } from '../jobs/job-holds.ts';
import { SerialDoor } from '../jobs/serial-door.ts';
import { SlotTransports } from '../jobs/slot-transports.ts';
import { RunCohorts } from '../jobs/run-cohorts.ts';
import { RunDoubts } from '../jobs/run-doubts.ts';
import { emptyResult, RunLedger } from '../jobs/run-ledger.ts';
import { RunStarts } from '../jobs/run-starts.ts';
import { UnitNotes } from '../jobs/unit-notes.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { DecisionBook } from '../decisions/decision-book.ts';
import { DecisionEffects } from '../decisions/decision-effects.ts';
import { BoardHolds } from '../boards/board-holds.ts';
import { openDatabase, type Database } from '../persistence/database.ts';
import { Policy } from '../settings/policy.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { RecipeReleases } from '../recipes/recipe-releases.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { RunBook } from '../runs/run-book.ts';
import { PlantShifts } from '../openings/plant-shifts.ts';
import { SlotOpenings } from '../openings/slot-openings.ts';
import { SerialBook } from '../serials/serial-book.ts';
import { SerialIssue } from '../serials/serial-issue.ts';
import { StorageWatch } from '../status/storage-watch.ts';

const SETTINGS: Policy['settings'] = {
  queueLimit: 1000,
  commitGroup: 64,
  requireKey: false,
  release: 'open',
  scanOrder: 'board',
  reserveSeconds: 60,
};

const IDENTITY: Identity = {
  ...(Object.fromEntries(REGISTER_NAMES.map((name) => [name, null])) as Record<RegisterName, null>),
  ...{ dpidr: '0x1ba01477', deviceId: '0x20036410', flashSizeKib: 64, uid: null, apIdr: null, apBase: null },
  ...{ romTable: null, components: {}, signature: null, bootRomSha256: null },
  ...{ bootRomVectors: null, optionBytes: null },
  ...{ priorityBits: null, sramBeyond: null, readUnderReset: false, targetVoltage: null, unread: [] },
};
const ASSESSMENT: Assessment = {
  ...{ verdict: 'consistent', strength: null, resembles: null, score: 0, findings: [], modifiers: [] },
  summary: '',
};

/** Queue, orders, serials and ledger on a database file of their own; slots are played by their names. */
export class LedgerBench {
  readonly file: string;
  readonly storage = new StorageWatch();
  readonly database: Database;
  readonly events: EventLog;
  readonly serials: SerialBook;
  readonly jobs: JobBook;
  readonly recipes: RecipeBook;
  readonly releases: RecipeReleases;
  readonly orders: OrderBook;
  readonly door: JobDoor;
  readonly ledger: RunLedger;
  readonly runs: RunBook;
  readonly oldRuns: OldRuns;
  readonly boards: BoardBook;
  readonly decisions: DecisionBook;
  readonly images: ImageStore;
  readonly shifts: PlantShifts;
  readonly openings: SlotOpenings;
  image = '';

  /** @param folder where its file lies, or the file that an earlier bench left */
  constructor(
    settings: Partial<Policy['settings']> = {},
    private readonly folder = mkdtempSync(join(tmpdir(), 'boardwalk-ledger-')),
  ) {
    const policy = new Policy({ ...SETTINGS, ...settings });
    const images = join(folder, 'images');
    mkdirSync(images, { recursive: true });
    this.file = join(folder, 'boardwalk.db');
    this.database = openDatabase(this.file, (cause) => this.storage.noticed(cause));
    this.events = new EventLog(this.database);
    this.serials = new SerialBook(this.database, this.events);
    this.jobs = new JobBook(this.database, this.events);
    this.runs = new RunBook(this.database);
    this.oldRuns = new OldRuns(this.database);
    this.boards = new BoardBook(this.events, this.oldRuns);
    this.images = new ImageStore(this.database, images, this.events);
    this.recipes = new RecipeBook(this.database, this.serials, policy, this.events);
    this.releases = new RecipeReleases(this.database, this.recipes, this.events, policy);
    this.orders = new OrderBook(this.database, this.recipes, this.events);
    const references = new JobReferences(this.recipes, new SlotTransports(() => []));
    this.door = new JobDoor(this.database, references, new SerialDoor(this.boards), this.events, policy);
    const issue = new SerialIssue(this.events);
    this.shifts = new PlantShifts({ databaseFile: this.file, timeZone: 'UTC' });
    this.openings = new SlotOpenings(this.shifts, { bench: 'virtual' });
    const recorder = new Recorder('test', '0', true);
    const holds = new BoardHolds(this.boards);
    const jobHolds = new JobHolds(this.events);
    const notes = new UnitNotes(this.jobs, this.events);
    this.decisions = new DecisionBook(
      this.database,
      new BoardLookup(this.database),
      new DecisionEffects(this.boards, this.orders, notes),
      this.events,
    );
    this.ledger = new RunLedger(
      this.database,
      new ClaimDesk(this.boards, this.recipes, holds, jobHolds, notes, this.openings),
      new RunStarts(issue, this.boards, holds, jobHolds, notes, this.events, recorder),
      new RunDoubts(this.boards, holds),
      new RunCohorts(holds),
      this.openings,
      holds,
      notes,
      this.jobs,
      this.orders,
      issue,
      this.runs,
      this.boards,
      this.events,
    );
  }

  async open(): Promise<this> {
    const { image } = await this.images.add({
      bytes: new Uint8Array(512).fill(1),
      name: 'app.bin',
      raw: true,
    });
    this.image = image.id;
    await this.oldRuns.begin();
    return this;
  }

  recipe(body: Omit<z.input<typeof CreateRecipe>, 'image'>) {
    return this.recipes.create(CreateRecipe.parse({ image: this.image, ...body }));
  }

  order(body: z.input<typeof CreateWorkOrder>) {
    return this.orders.create(CreateWorkOrder.parse(body));
  }

  range(body: z.input<typeof CreateSerialRange>) {
    return this.serials.create(CreateSerialRange.parse(body));
  }

  async post(body: z.input<typeof CreateJob>) {
    return (await this.door.accept(CreateJob.parse(body))).job;
  }

  async claim(name: string, uid: string | null = null, served: ReadonlySet<string> = new Set()) {
    return (await this.offer(name, { uid, served })).claim;
  }

  /** As the dispatcher asks for work for a slot with a board. */
  offer(name: string, slot: Partial<SlotFacts> = {}) {
    return this.ledger.offer({
      ...{ name, uid: null, served: new Set<string>(), insertion: 1, portPath: `1-${name}` },
      ...{ flashSizeKib: 64, deviceId: '0x20036410', probeSerial: null, probeFirmware: null },
      transport: 'swd',
      ...slot,
    });
  }

  /** The identity of a genuine chip with this unique id, as a run reads it. */
  identified(
    claim: Claim,
    uid: string | null,
    shows: Partial<Identity> = {},
    said: Partial<Assessment> = {},
  ): Promise<IdentifiedAnswer> {
    return this.ledger.identified(claim, { ...IDENTITY, uid, ...shows }, { ...ASSESSMENT, ...said });
  }

  /** Ends a run as a bench would; a PASS with its verify step. */
  async end(
    claim: Claim,
    outcome: Outcome,
    reason: string | null = null,
    steps: RunResult['steps'] = [],
  ): Promise<void> {
    if (outcome === 'PASS') await this.verified(claim);
    const result: RunResult = { ...emptyResult(new Date().toISOString()), outcome, reason, steps };
    await this.ledger.finish(claim, result);
  }

  /** The finished verify step that a PASS rests on. */
  verified(claim: Claim): Promise<void> {
    const startedAt = new Date().toISOString();
    return this.ledger.step(claim, {
      ...{ index: 0, step: 'verify', state: 'passed', startedAt, durationMs: 1 },
      ...{ detail: '', code: null, remedy: null, measurements: [] },
    });
  }

  async close(): Promise<void> {
    await this.database.$disconnect();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
