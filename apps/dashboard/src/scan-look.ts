import type { ScanResult } from '@boardwalk/contracts';

/** How an answer looks from two metres: a colour, a shape and a word, each enough alone. */
export interface ScanLook {
  readonly shape: string;
  readonly word: string;
  readonly className: string;
}

type Shown = ScanResult['meaning'] | 'starts' | 'place' | 'not-sent' | 'logged-in';

const LOOKS: Readonly<Record<Shown, ScanLook>> = {
  starts: { shape: '▶', word: 'BOARD STARTS', className: 'bg-emerald-800 text-white' },
  place: { shape: '▼', word: 'PUT IN', className: 'bg-blue-800 text-white' },
  serial: { shape: '○', word: 'BOARD KNOWN', className: 'bg-slate-700 text-white' },
  'work-order': { shape: '■', word: 'WORK ORDER', className: 'bg-sky-800 text-white' },
  recipe: { shape: '◆', word: 'RECIPE', className: 'bg-violet-800 text-white' },
  slot: { shape: '⬒', word: 'SLOT', className: 'bg-cyan-900 text-white' },
  badge: { shape: '★', word: 'BADGE', className: 'bg-slate-700 text-white' },
  'logged-in': {
    shape: '★',
    word: 'OPERATOR',
    className: 'bg-slate-100 text-slate-900 outline-4 outline-slate-900',
  },
  unknown: { shape: '?', word: 'UNKNOWN CODE', className: 'bg-amber-300 text-black' },
  command: { shape: '⌘', word: 'COMMAND', className: 'bg-slate-700 text-white' },
  refused: { shape: '✕', word: 'REFUSED', className: 'bg-red-700 text-white' },
  'not-sent': { shape: '!', word: 'NOT DONE', className: 'bg-red-700 text-white' },
};

/** What the operator sees of one scan. */
export interface ScanShown {
  readonly look: ScanLook;
  /** Of what kind: an order's, a recipe's or a slot's name, behind the word. */
  readonly name: string;
  readonly message: string;
}

const NAMED: ReadonlySet<ScanResult['meaning']> = new Set(['serial', 'slot', 'work-order', 'recipe']);

export function shownOf({ meaning, value, message, jobId, expects }: ScanResult): ScanShown {
  const begun = expects === 'board' ? 'place' : 'starts';
  const look = LOOKS[meaning === 'serial' && jobId !== null ? begun : meaning];
  return { look, name: NAMED.has(meaning) ? value : '', message };
}

export const refusedScan = (message: string): ScanShown => ({ look: LOOKS['not-sent'], name: '', message });

export const loggedInScan = (account: string, role: string): ScanShown => ({
  look: LOOKS['logged-in'],
  name: account,
  message: `${account} (${role}) works here now. Scan a work order or a recipe.`,
});
