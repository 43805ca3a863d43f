import type { Case } from '../case.ts';
import { attached } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'nobody has it', facts: attached('ReadOnlyAccess'), expected: ['pass'] },
  { name: 'a role has it', facts: attached('AWSCloudShellFullAccess'), expected: ['fail'] },
];
