import type { CertificateBody, Run, VerifyProof } from '@boardwalk/contracts';
import type { Board, Recipe } from '../persistence/gen/client.ts';
import type { StationIdentity } from '../status/station-identity.ts';

/** A run that passed, with what its PASS rests on. */
export type CertifiedRun = Run & { readonly outcome: 'PASS'; readonly verify: VerifyProof };

/** The facts of a board's last run. */
export interface CertificateFacts {
  readonly board: Board;
  readonly run: CertifiedRun;
  /** Null: the built-in recipe, which has no revisions. */
  readonly recipe: Recipe | null;
  readonly imageName: string | null;
  readonly station: StationIdentity;
  readonly issuedAt: string;
  readonly generation: string | null;
  readonly runEnd: { readonly id: number; readonly hash: string } | null;
  readonly head: { readonly id: number; readonly hash: string };
}

/** How each method establishes what is in flash. */
const METHODS: Readonly<Record<VerifyProof['method'], string>> = {
  readback: 'the bytes crossed the debug port and were compared',
  digest:
    'the target hashed its flash with SHA-256 in a loader that was checked first, and a sample of pages was read and agreed',
};

/** The content of a certificate. */
export function certificateOf(facts: CertificateFacts): CertificateBody {
  const { board, run, recipe, station, issuedAt, imageName, generation, runEnd, head } = facts;
  const { number, serial, uid, deviceId, dpidr, reference } = board;
  const { name, revision } = run.recipe;
  return {
    version: 1,
    says: saysOf(facts),
    issuedAt,
    station: { id: station.stationId, name: station.station, version: station.version, bench: station.bench },
    board: { number, serial, uid, deviceId, dpidr, reference },
    run: {
      ...{ id: run.id, sequence: run.sequence, startedAt: run.startedAt, finishedAt: run.finishedAt },
      ...{
        outcome: run.outcome,
        attempt: run.attempt,
        slot: run.slot,
        operator: run.operator,
        jobId: run.jobId,
      },
      ...{ workOrder: run.workOrder, lot: run.lot, supplier: run.supplier, virtual: run.virtual },
      stationVersion: run.stationVersion,
    },
    image: { sha256: run.imageSha256, fileSha256: run.imageFileSha256, name: imageName },
    recipe: {
      ...{ name, revision, author: recipe?.author ?? null },
      signatures: recipe ? (JSON.parse(recipe.signatures) as CertificateBody['recipe']['signatures']) : [],
    },
    verify: run.verify,
    ...{ dumpBeforeSha256: run.dumpBeforeSha256, dumpAfterSha256: run.dumpAfterSha256, patches: run.patches },
    assessment: run.assessment,
    record: { generation, runEnd, head },
  };
}

function saysOf({ board, run }: CertificateFacts): string {
  const bench = run.virtual ? ' The bench was virtual: no real board was programmed.' : '';
  const named =
    board.serial === null ? `Board ${board.number}` : `Board ${board.number}, serial ${board.serial},`;
  return (
    `${named} passed run ${run.id}: its flash was read after a reset in that run and is as image ` +
    `${run.imageSha256} and the patches of the run say. Method ${run.verify.method}: ${METHODS[run.verify.method]}.${bench}`
  );
}
