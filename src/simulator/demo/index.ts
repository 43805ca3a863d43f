// What `assay demo` needs of the simulator, behind one door: loaded only when the demo runs.

export { readerRole } from '../build.ts';
export { compareExceptions } from '../exceptions.ts';
export { grantLines, grantTable } from '../grant-table.ts';
export { simulatorReaders } from '../readers.ts';
export { compareWithTruth } from '../truth.ts';

export { compareWithWeek } from '../week-truth.ts';

export { demoExceptions, demoExceptionTruth } from './exceptions.ts';

export { demoBreakGlass, demoOrganization } from './organization.ts';
export { demoTruth } from './truth.ts';
export { demoHoldings } from './truth-permissions.ts';
export { weekTruth } from './truth-weeks.ts';
export { windowIn } from './weeks.ts';
