import { z } from 'zod';
import { BenchChoice } from './bench.ts';
import { TimeZone } from './shifts.ts';

/** Splits a list of board specs at commas. */
const BoardList = z.string().transform((text) =>
  text
    .split(',')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== ''),
);

/**
 * What the environment may say to the station and the command line, with its defaults. An empty variable
 * counts as not set, as shells and compose files write it.
 */
export const Environment = z.object({
  BOARDWALK_HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ description: 'where the one port listens; beyond loopback an admin account must exist' }),
  BOARDWALK_PORT: z.coerce.number().int().min(0).max(65_535).default(4800).meta({ description: 'the port' }),
  BOARDWALK_DATA: z.string().default('./var').meta({ description: 'database, images, logs, token' }),
  BOARDWALK_DATABASE_URL: z
    .string()
    .optional()
    .meta({ description: 'file:… of another database than the one in the data folder' }),
  BOARDWALK_BENCH: BenchChoice.default('auto').meta({ description: 'auto: USB if an ST-LINK is there' }),
  BOARDWALK_VIRTUAL_BOARDS: BoardList.optional().meta({ description: 'board specs, one virtual slot each' }),
  BOARDWALK_DEMO: z
    .enum(['0', '1'])
    .optional()
    .meta({ description: 'a hand that changes boards, and endless demo work orders' }),
  BOARDWALK_QUEUE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20_000)
    .meta({ description: 'jobs that may wait or run; past it 429' }),
  BOARDWALK_COMMIT_GROUP: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(128)
    .meta({ description: 'requests that share one durable commit at most' }),
  BOARDWALK_REQUIRE_KEY: z
    .enum(['0', '1'])
    .default('0')
    .meta({ description: '1: jobs only with an Idempotency-Key' }),
  BOARDWALK_RELEASE: z
    .enum(['open', 'one', 'two'])
    .default('open')
    .meta({ description: 'signatures that a recipe needs before it runs' }),
  BOARDWALK_SCAN_ORDER: z
    .enum(['board', 'slots'])
    .default('board')
    .meta({ description: 'slots: the codes of a loaded panel are scanned in the order of its slots' }),
  BOARDWALK_RESERVE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .meta({ description: 'how long a slot is kept for a scanned board' }),
  BOARDWALK_KEEP_EVENT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .optional()
    .meta({ description: 'then the data of steps and slot changes is erased; unset: kept for ever' }),
  BOARDWALK_LEAST_FREE_MIB: z.coerce
    .number()
    .min(0)
    .max(1_000_000)
    .default(64)
    .meta({ description: 'below so much free disk no new work is taken' }),
  BOARDWALK_TIME_ZONE: TimeZone.optional().meta({
    description: 'the plant’s zone, an IANA name such as Europe/Berlin: days and shifts; unset: the host’s',
  }),
  BOARDWALK_LOG: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta({ description: 'level of the log, which is JSON lines where no terminal reads it' }),
});
export type Environment = z.infer<typeof Environment>;

interface Setting {
  readonly name: string;
  readonly meaning: string;
  /** What it may be, where that is a few words. */
  readonly choices: readonly string[];
  readonly byDefault: string | null;
}

/** Every variable of the environment, for whoever asks what there is. */
export function settings(): Setting[] {
  const { properties = {} } = z.toJSONSchema(Environment, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description = '', default: given, enum: choices = [] } = schema as z.core.JSONSchema.JSONSchema;
    const byDefault = typeof given === 'string' || typeof given === 'number' ? String(given) : null;
    return { name, meaning: description, choices: choices.map(String), byDefault };
  });
}

/** The boards of a virtual bench when none are named: a medium-density pair, a CKS32 and a C8. */
export const DEMO_BOARDS: readonly string[] = ['f103cb', 'f103c8', 'cks32', 'f103c8'];
