import type { Assessment, Identity, Reassessed } from '@boardwalk/contracts';
import { MODEL_VERSION, reassess as judge, storedExpectation, type Expectation } from '@boardwalk/identity';
import { openToRead, recordedIdentities, type RecordedIdentity } from '@boardwalk/records';
import { Command } from 'commander';
import { resolve } from 'node:path';
import { dataFolder } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

type Recorded = ReturnType<typeof openToRead>;
type Judged = Reassessed & Pick<RecordedIdentity, 'board' | 'serial' | 'uid'>;

/** `boardwalk reassess`: judges every stored identity by the present rules and lists what changed. */
export function reassess(finish: (code: ExitCode) => void): Command {
  return new Command('reassess')
    .description('judge every stored identity by the present rules; lists what changed, changes no record')
    .argument('[file]', 'a database or a backup (default: the data folder’s)')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', '\nExamples:\n  boardwalk reassess\n  boardwalk reassess backup.boardwalk --json')
    .action((given: string | undefined, options: { json?: boolean }) => {
      const output = new Output(options.json ?? false);
      const report = reassessIn(given === undefined ? dataFolder().databaseFile : resolve(given));
      for (const each of report.data) output.say(lineOf(each));
      output.say(
        `${report.judged} identities judged by model ${report.modelVersion}: ${report.changed} changed.`,
      );
      output.document(report);
      finish(EXIT.pass);
    });
}

/** Judges the identities of a database or a backup; the file is only read. */
export function reassessIn(file: string) {
  const database = openToRead(file);
  try {
    const data: Judged[] = [];
    let judged = 0;
    for (const each of judgedIn(database)) {
      judged += 1;
      if (each.changed) data.push(each);
    }
    return { modelVersion: MODEL_VERSION, judged, changed: data.length, data };
  } finally {
    database.close();
  }
}

function lineOf({ run, board, serial, uid, was, now }: Judged): string {
  const named = `${run}  board ${board ?? '-'}  serial ${serial ?? '-'}  UID ${uid ?? '-'}`;
  return `${named}: ${words(was)} (model ${was.modelVersion}) -> ${words(now)}. ${now.summary}`;
}

function words({ verdict, resembles }: Reassessed['was'] | Assessment): string {
  return resembles === null ? verdict : `${verdict}, resembles ${resembles}`;
}

/** One at a time: a record of years does not fit into memory. */
function* judgedIn(database: Recorded): Generator<Judged> {
  const orders = new Map<string, Expectation>();
  for (const row of recordedIdentities(database)) {
    const { identity, assessment, steps, part, ...named } = row;
    const recipe = `${part} ${steps}`;
    const ordered = orders.get(recipe) ?? storedExpectation(steps, part);
    orders.set(recipe, ordered);
    const found = judge(JSON.parse(identity) as Identity, ordered, JSON.parse(assessment) as Assessment);
    yield { ...named, ...found };
  }
}
