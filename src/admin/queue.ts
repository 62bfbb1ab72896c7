import type { Summary } from '../validation/schemas.ts';

/** How many images are in the queue: they wait, or are being optimized. */
export const underWay = ( { waiting, optimizing }: Summary ): number => waiting + optimizing;
