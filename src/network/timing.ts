import { timing as usual } from '../admin/timing.ts';

/** As on the settings screen, and how long to look at the sites after something was changed for them. */
export const timing = { ...usual, follow: 120_000 };

export type Timing = typeof timing;
