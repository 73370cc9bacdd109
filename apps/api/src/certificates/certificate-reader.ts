import type { BoardBy, Certificate, CertificateBody, Run } from '@boardwalk/contracts';
import { signCertificate, type SigningKey } from '@boardwalk/records';
import { Inject, Injectable } from '@nestjs/common';
import { BoardLookup } from '../boards/board-lookup.ts';
import type { Clock } from '../clock/clock.ts';
import { Generations } from '../events/generations.ts';
import { Database } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { refused } from '../problems/problems.ts';
import { RunBook } from '../runs/run-book.ts';
import { CLOCK, IDENTITY, SIGNING_KEY } from '../settings/tokens.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { certificateOf, type CertifiedRun } from './certificate-of.ts';

/** Reads from the record what was done to a board, and signs it. */
@Injectable()
export class CertificateReader {
  constructor(
    private readonly database: Database,
    private readonly lookup: BoardLookup,
    private readonly runs: RunBook,
    private readonly generations: Generations,
    @Inject(IDENTITY) private readonly station: StationIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIGNING_KEY) readonly key: SigningKey,
  ) {}

  /** @throws ProblemException 404, 409 `ambiguous`, 409 `wrong-state` for a board that has not passed last */
  async of(id: string, by: BoardBy): Promise<Certificate> {
    const board = await this.lookup.row(id, by);
    const run = await this.#passedLast(board);
    return signCertificate(await this.#body(board, run), this.key);
  }

  /** The latest run of a board, where it is a PASS that nothing has been done after. */
  async #passedLast(board: Board): Promise<CertifiedRun> {
    const { number, state, lastOutcome, lastRun } = board;
    const atWork = await this.database.run.findFirst({ where: { board: number, outcome: null } });
    if (atWork) throw refused('wrong-state:certificate-at-work', { board: number, run: atWork.id });
    if (lastRun === null) throw refused('wrong-state:certificate-no-run', { board: number });
    if (lastOutcome !== 'PASS')
      throw refused('wrong-state:certificate-not-passed', {
        board: number,
        run: lastRun,
        outcome: `${lastOutcome}`,
      });
    if (state !== 'free') throw refused('wrong-state:certificate-state', { board: number, state });
    const run = await this.runs.get(lastRun);
    if (!hasProof(run)) throw refused('wrong-state:certificate-no-proof', { board: number, run: lastRun });
    return run;
  }

  async #body(board: Board, run: CertifiedRun): Promise<CertificateBody> {
    const { name, revision } = run.recipe;
    const [recipe, image, alias, end, head] = await Promise.all([
      this.database.recipe.findUnique({ where: { name_revision: { name, revision } } }),
      this.database.image.findUnique({ where: { id: run.imageSha256 } }),
      this.database.imageAlias.findUnique({ where: { id: run.imageSha256 }, include: { owner: true } }),
      this.database.event.findFirst({
        where: { subject: `run/${run.id}`, type: 'run.completed' },
        select: PLACE,
      }),
      this.database.event.findFirst({ orderBy: { id: 'desc' }, select: PLACE }),
    ]);
    return certificateOf({
      ...{ board, run, recipe, station: this.station, issuedAt: this.clock.wall().toISOString() },
      ...{ imageName: image?.name ?? alias?.owner.name ?? null, generation: this.generations.current },
      ...{ runEnd: end, head: head ?? { id: 0, hash: '0'.repeat(64) } },
    });
  }
}

const PLACE = { id: true, hash: true } as const;

function hasProof(run: Run): run is CertifiedRun {
  return run.outcome === 'PASS' && run.verify !== null;
}
