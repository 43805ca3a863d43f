import type { NightSummary } from '../domain/summary.ts';

/** Figures of the design that this version does not compute: absent from the JSON, named in every report. */
export const untilNow: NightSummary['notBuilt'] = [];
