import { hex32, type StepOf } from '@boardwalk/contracts';
import { ownPages, type EraseChoice, type FlashPlan, type FlashRange } from '@boardwalk/flash';
import { stepFailure } from '../request/reasons.ts';
import { flashOf, planOf } from './flash-access.ts';
import { pageEraseTime } from './flash-times.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Makes blank what the image needs, or everything, by the cheapest way; what holds its bytes already stays. */
export const erase: StepDefinition<'erase'> = {
  touches: 'flash',
  resets: false,
  reads: 'flash',
  lacks: ({ scope, keep }, { keepsPages }) =>
    keepsPages || (scope === 'all' && keep.length === 0) ? null : 'erase some pages and keep the others',
  perform,
};

async function perform(step: StepOf<'erase'>, context: StepContext): Promise<StepWords> {
  const flash = await flashOf(context);
  const plan = await planOf(context);
  const keep = step.keep.map(({ address, bytes }) => ({ address: parseInt(address, 16), sizeBytes: bytes }));
  refuseKept(keep, plan);
  const demand = { scope: step.scope, keep };
  const choice = await flash.chooseErase(plan, demand);
  context.facts.ownPages = ownPages(plan, demand);
  context.facts.flashTouched ||= choice.kind !== 'nothing';
  const before = context.clock.now();
  await flash.erase(choice, { onProgress: context.onProgress, signal: context.signal });
  const pages = choice.kind === 'pages' ? choice.pages.length : 0;
  const measurements = pageEraseTime(context.clock.now() - before, pages);
  return { detail: inWords(choice, plan), measurements };
}

function inWords(choice: EraseChoice, { geometry }: FlashPlan): string {
  if (choice.kind === 'nothing') return 'Nothing to erase: what must be blank or right is so already.';
  if (choice.kind === 'mass') return `Erased the whole flash, ${geometry.sizeBytes / 1024} KiB.`;
  const { length } = choice.pages;
  return `Erased ${length} ${length === 1 ? 'page' : 'pages'} of ${geometry.sizeBytes / geometry.pageBytes}.`;
}

/** An image that lies on a page which the recipe keeps can be programmed by no order of erasing. */
function refuseKept(keep: readonly FlashRange[], { pages, geometry: { pageBytes } }: FlashPlan): void {
  const page = pages.find((each) =>
    keep.some(({ address, sizeBytes }) => address < each + pageBytes && address + sizeBytes > each),
  );
  if (page === undefined) return;
  throw stepFailure('image-does-not-fit:kept', { page: hex32(page) });
}
