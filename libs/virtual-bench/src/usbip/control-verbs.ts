import { createHash } from 'node:crypto';
import { parseFault, parseNumber } from '../bench/read-fault.ts';
import type { VirtualBench, VirtualSlot } from '../bench/virtual-bench.ts';
import { VirtualBenchError } from '../errors.ts';
import { parseRemoteSpec } from '../boards/board-spec.ts';

type Answer = Readonly<Record<string, unknown>>;

interface Verb {
  readonly usage: string;
  readonly run: (slot: VirtualSlot, words: readonly string[]) => Promise<Answer>;
}

const act = (usage: string, run: (slot: VirtualSlot, words: readonly string[]) => Promise<void>): Verb => ({
  usage,
  run: async (slot, words) => {
    await run(slot, words);
    return {};
  },
});

/** Requests about one slot by their first word. */
const VERBS: Readonly<Record<string, Verb>> = {
  ledger: { usage: 'ledger [N]', run: async (slot) => ({ ledger: await slot.ledger() }) },
  flash: { usage: 'flash N', run: async (slot) => cells(await slot.flash()) },
  options: { usage: 'options N', run: async (slot) => cells(await slot.optionBytes()) },
  insert: act('insert N SPEC', (slot, words) => slot.insert(parseRemoteSpec(words.join(' ')))),
  remove: act('remove N', (slot) => slot.remove()),
  plug: act('plug N', (slot) => slot.plugProbe()),
  unplug: act('unplug N', (slot) => slot.unplugProbe()),
  hold: act('hold N', (slot) => slot.holdReset(true)),
  release: act('release N', (slot) => slot.holdReset(false)),
  advance: act('advance N MS', (slot, [ms]) => slot.advance(parseNumber('MS', ms))),
  fault: act('fault N KIND [VALUE…] | fault N clear', (slot, words) =>
    words[0] === 'clear' ? slot.clearFaults() : slot.fault(parseFault(words)),
  ),
};

function cells(bytes: Uint8Array | null): Answer {
  if (!bytes) return { sizeBytes: 0, sha256: null, base64: null };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sizeBytes: bytes.length, sha256, base64: Buffer.from(bytes).toString('base64') };
}

function bad(message: string, remedy: string): VirtualBenchError {
  return new VirtualBenchError('bench.control', message, remedy);
}

/**
 * Answers one request line.
 * @throws VirtualBenchError for a request that cannot be met
 */
export async function answerControl(bench: VirtualBench, line: string): Promise<Answer> {
  const [name = '', number, ...words] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) {
    const usages = Object.values(VERBS).map(({ usage }) => usage);
    const says = `There is no request "${name}".`;
    throw new VirtualBenchError('bench.no-request', says, `Requests: ${usages.join('; ')}.`);
  }
  if (name === 'ledger' && number === undefined) {
    return { ledgers: await Promise.all(bench.slots.map((slot) => slot.ledger())) };
  }
  const slot = bench.slots.find((each) => each.name === number);
  if (!slot) {
    const names = bench.slots.map((each) => each.name).join(', ');
    throw bad(`There is no slot "${number ?? ''}".`, `Slots: ${names}. Write: ${verb.usage}`);
  }
  return { slot: slot.name, ...(await verb.run(slot, words)) };
}
