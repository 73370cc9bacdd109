import type { StepOf } from '@boardwalk/contracts';
import { StepFailure } from '../run/reasons.ts';
import { engineOf, planOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';

/** Makes blank what the image needs: the pages it touches that are not right already, or everything. */
export async function erase(step: StepOf<'erase'>, context: StepContext): Promise<StepWords> {
  const engine = await engineOf(context);
  const plan = await planOf(context);
  const watch = { onProgress: context.onProgress, signal: context.signal };
  refuseKept(step, plan.pages, plan.geometry.pageBytes);
  if (step.scope === 'all' && step.keep.length === 0) {
    context.facts.flashTouched = true;
    await engine.massErase(watch);
    return { detail: `Erased the whole flash, ${plan.geometry.sizeBytes / 1024} KiB.` };
  }
  const pages = step.scope === 'all' ? allPagesBut(step, plan.geometry) : await engine.pagesToErase(plan);
  context.facts.flashTouched ||= pages.length > 0;
  await engine.erasePages(pages, watch);
  return {
    detail:
      pages.length === 0 ? 'Nothing to erase: the image is there already.' : `Erased ${pages.length} pages.`,
  };
}

function keptBy(step: StepOf<'erase'>, page: number, pageBytes: number): boolean {
  return step.keep.some(({ address, bytes }) => {
    const from = parseInt(address, 16);
    return from < page + pageBytes && from + bytes > page;
  });
}

function refuseKept(step: StepOf<'erase'>, pages: readonly number[], pageBytes: number): void {
  const page = pages.find((each) => keptBy(step, each, pageBytes));
  if (page === undefined) return;
  throw new StepFailure(
    'image-does-not-fit',
    `The image touches the page at 0x${page.toString(16).padStart(8, '0')}, which the recipe keeps.`,
    'Change the recipe’s "keep" or link the image elsewhere.',
  );
}

function allPagesBut(
  step: StepOf<'erase'>,
  geometry: { baseAddress: number; sizeBytes: number; pageBytes: number },
): number[] {
  const { baseAddress, sizeBytes, pageBytes } = geometry;
  const pages = Array.from({ length: sizeBytes / pageBytes }, (_, i) => baseAddress + i * pageBytes);
  return pages.filter((page) => !keptBy(step, page, pageBytes));
}
