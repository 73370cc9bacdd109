import { CreateJob, CreateSerialRange, JobUnit, MOST_UNITS, MOST_VALUES, Serial } from '@boardwalk/contracts';
import { z } from 'zod';
import type { LongRequest } from './validate-in-pages.ts';

const [, ListRange] = CreateSerialRange.options;
const listOfAny = <Item>(most: number) => z.array(z.custom<Item>()).min(1).max(most);

/** Requests with a list of thousands, by their schema. */
export const LONG_REQUESTS: ReadonlyMap<unknown, LongRequest> = new Map<unknown, LongRequest>([
  [
    CreateJob,
    {
      list: 'units',
      item: JobUnit,
      rest: CreateJob.safeExtend({ units: listOfAny<JobUnit>(MOST_UNITS).optional() }),
    },
  ],
  [
    CreateSerialRange,
    {
      list: 'values',
      item: Serial,
      rest: ListRange.safeExtend({ values: listOfAny<string>(MOST_VALUES) }),
    },
  ],
]);
