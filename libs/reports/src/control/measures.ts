import { MEASURED } from '@boardwalk/contracts';

export type Measure = keyof typeof MEASURED;
/** What has a control chart: every measurement that is looked up by its name. */
export const MEASURES = Object.keys(MEASURED) as [Measure, ...Measure[]];
