import type { Transaction } from '../persistence/database.ts';
import { insertRows } from '../store/rows/insert-rows.ts';
import type { BoardAndSerial } from '../store/upgrade/board-and-serial.ts';
import { knownPairs } from '../store/upgrade/known-pairs.ts';
import { pastDoubts } from '../store/upgrade/past-doubts.ts';
import { showLatestSerials } from '../store/upgrade/show-latest-serials.ts';
import { storePairs } from '../store/upgrade/store-pairs.ts';
import type { PlacedOld } from './placed-old.ts';

interface Pair extends BoardAndSerial {
  readonly runId: string;
  firstSequence: number;
  lastSequence: number;
}

/**
 * Keeps which boards have had which serials, and where that is doubtful: a serial on two chips, a chip under two
 * serials. Nobody could decide it then, so both keep the serial and the doubt is a finding, never a hold.
 */
export async function givePastSerials(transaction: Transaction, placed: readonly PlacedOld[]): Promise<void> {
  const pairs = pairsOf(placed);
  if (pairs.length === 0) return;
  const known = await knownPairs(transaction, pairs);
  await storePairs(transaction, pairs);
  await showLatestSerials(transaction, [...new Set(pairs.map(({ board }) => board))]);
  const fresh = pairs.filter((_, place) => !known.has(place));
  await storeFindings(transaction, fresh, Math.max(...pairs.map(({ lastSequence }) => lastSequence)));
}

function pairsOf(placed: readonly PlacedOld[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { board, run } of placed) {
    if (run.serial === null) continue;
    const { serial, sequence, id: runId } = run;
    const key = JSON.stringify([board, serial]);
    const pair = pairs.get(key);
    if (pair) {
      pair.firstSequence = Math.min(pair.firstSequence, sequence);
      pair.lastSequence = Math.max(pair.lastSequence, sequence);
    } else pairs.set(key, { board, serial, runId, firstSequence: sequence, lastSequence: sequence });
  }
  return [...pairs.values()];
}

async function storeFindings(transaction: Transaction, pairs: readonly Pair[], last: number): Promise<void> {
  if (pairs.length === 0) return;
  const others = await pastDoubts(transaction, pairs, last);
  const foundAt = new Date().toISOString();
  await insertRows(
    transaction,
    'RecordFinding',
    others.flatMap(({ place, uid, otherBoard, otherUid, otherAt, otherSerial }) => {
      const { board, serial, runId } = pairs[place]!;
      const about = { serial, uid, board, runId, policy: 'past', foundAt };
      const nothing = { otherBoard: null, otherUid: null, otherAt: null, otherSerial: null };
      return [
        ...(otherBoard === null
          ? []
          : [
              {
                ...{ kind: 'serial-on-second-uid', ...about, ...nothing },
                ...{ otherBoard, otherUid, otherAt, otherSerial: serial },
              },
            ]),
        ...(otherSerial === null
          ? []
          : [{ kind: 'uid-under-second-serial', ...about, ...nothing, otherUid: uid, otherSerial }]),
      ];
    }),
  );
}
