import {
  applyDecorators,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import type { Answer } from '../routes/answer.ts';
import { answersOf, type RouteRow } from '../routes/row.ts';
import { CountVirtualRuns } from './count-virtual-runs.ts';
import { ListLink } from './list-link.ts';
import { PlaceOfWhatWasMade } from './location.ts';
import { ROW } from './row-of.ts';
import { TableAnswer } from './table-answer.ts';

/**
 * Answers a row of the table: its method, path, status and permission, and what its answers have around their body.
 * @throws Error where the method has not the name of the row's operation
 */
export function Route(row: RouteRow): MethodDecorator {
  const [answer] = answersOf(row);
  const decorate = applyDecorators(
    RequestMapping({ path: row.path, method: RequestMethod[row.method] }),
    HttpCode(answer.status),
    SetMetadata(ROW, row),
    UseInterceptors(...interceptorsOf(answer)),
  );
  return (controller, name, descriptor) => {
    if (name !== row.operationId)
      throw new Error(
        `The method ${String(name)} answers the row of ${row.operationId}. Give both one name.`,
      );
    decorate(controller, name, descriptor);
  };
}

/** From the outside in: the page gets its link before it becomes a table. */
function interceptorsOf({ leavesOutVirtual, table, next, placeOf }: Answer) {
  return [
    ...(leavesOutVirtual ? [CountVirtualRuns] : []),
    ...(table ? [TableAnswer] : []),
    ...(next ? [ListLink] : []),
    ...(placeOf ? [PlaceOfWhatWasMade] : []),
  ];
}
