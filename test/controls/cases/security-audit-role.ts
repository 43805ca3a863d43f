import type { Case } from '../case.ts';
import { attached } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'a role has it', facts: attached('SecurityAudit'), expected: ['pass'] },
  { name: 'nobody has it', facts: attached('ReadOnlyAccess'), expected: ['fail'] },
];
