import { z } from 'zod';

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
  BOARDWALK_HOST: z.string().default('127.0.0.1'),
  BOARDWALK_PORT: z.coerce.number().int().min(0).max(65_535).default(4800),
  BOARDWALK_DATA: z.string().default('./var'),
  BOARDWALK_DATABASE_URL: z.string().optional(),
  BOARDWALK_BENCH: z.enum(['auto', 'usb', 'virtual']).default('auto'),
  BOARDWALK_VIRTUAL_BOARDS: BoardList.optional(),
  BOARDWALK_DEMO: z.enum(['0', '1']).optional(),
  BOARDWALK_QUEUE_LIMIT: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  BOARDWALK_COMMIT_GROUP: z.coerce.number().int().min(1).max(1000).default(128),
  BOARDWALK_REQUIRE_KEY: z.enum(['0', '1']).default('0'),
  BOARDWALK_RELEASE: z.enum(['open', 'one', 'two']).default('open'),
  /** Days after which the data of bulk events (steps, slot changes) is erased; without it everything is kept. */
  BOARDWALK_KEEP_EVENT_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  /** Below so much free space on the data folder's disk the station takes no new work. */
  BOARDWALK_LEAST_FREE_MIB: z.coerce.number().min(0).max(1_000_000).default(64),
  BOARDWALK_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type Environment = z.infer<typeof Environment>;

/** The boards of a virtual bench when none are named: a medium-density pair, a CKS32 and a C8. */
export const DEMO_BOARDS: readonly string[] = ['f103cb', 'f103c8', 'cks32', 'f103c8'];
