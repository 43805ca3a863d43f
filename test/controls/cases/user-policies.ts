import { allow, inline } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', facts: usersWith({ ann: {} }), expected: ['pass'] },
  {
    name: 'attached',
    facts: usersWith({ ann: {} }, { attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
    expected: ['fail'],
  },
  { name: 'inline', facts: usersWith({ ann: {} }, { inline: [inline(allow('s3:GetObject'))] }), expected: ['fail'] },
];
