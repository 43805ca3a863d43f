import type { Reading } from '../../../src/domain/reading.ts';
import { denied, read } from '../../support/facts.ts';

const recording = (on: Reading<boolean>, allResourceTypes = true) => ({
  recorders: { 'us-east-1': read([{ name: 'default', recording: on, allResourceTypes, globalResourceTypes: true }]) },
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'records everything', facts: recording(read(true)), expected: ['pass'] },
  { name: 'stopped', facts: recording(read(false)), expected: ['fail'] },
  { name: 'some types', facts: recording(read(true), false), expected: ['fail'] },
  { name: 'status refused', facts: recording(denied), expected: ['not-measured'] },
  { name: 'none', facts: { recorders: { 'us-east-1': read([]) } }, expected: ['fail'] },
];
