import type { CreateRevision, Patch } from '@boardwalk/contracts';
import type { ImageShape } from '@boardwalk/flash';
import { FillError, fillSpans, outsideFlash, type Span } from '@boardwalk/station';
import { refuseMisfit, type Addition } from '../images/image-fit.ts';
import { invalid } from '../problems/problems.ts';

/**
 * The bytes that a recipe programs must have a place in a chip that it allows: its image, patches and fills. Each board would
 * fail otherwise, for what is wrong with the recipe. @throws ProblemException 400 at the field
 */
export function checkContent(body: CreateRevision, image: ImageShape): void {
  checkPlaces(body.patches);
  const fills = checkFills(body, image);
  const patches = body.patches.map(({ address, bytes }, index) => ({
    pointer: `/patches/${index}/address`,
    spans: [{ address: parseInt(address, 16), bytes }],
  }));
  refuseMisfit(body, image, [...patches, ...fills]);
}

/** A patch outside flash would fail every board. @throws ProblemException 400 */
function checkPlaces(patches: readonly Patch[]): void {
  for (const [index, { address, bytes }] of patches.entries()) {
    const outside = outsideFlash({ address: parseInt(address, 16), bytes });
    if (outside) throw invalid('invalid:patch', { why: outside }, `/patches/${index}/address`);
  }
}

/** A fill that overlaps other bytes is refused when the recipe is made. @throws ProblemException 400 */
function checkFills({ steps, patches }: CreateRevision, { segments }: ImageShape): Addition[] {
  const patched = patches.map(({ address, bytes }) => ({ address: parseInt(address, 16), bytes }));
  let taken: Span[] = [...segments, ...patched];
  return steps.flatMap((step, index) => {
    if (step.step !== 'program' || !step.fill) return [];
    const pointer = `/steps/${index}/fill`;
    try {
      const spans = fillSpans(taken, step.fill);
      taken = [...taken, ...spans];
      return [{ pointer, spans }];
    } catch (cause) {
      if (cause instanceof FillError) throw invalid('invalid:fill', { why: cause.message }, pointer);
      throw cause;
    }
  });
}
