import type { Exception } from '../../domain/exception.ts';
import { calendarOf } from '../calendar.ts';
import type { PlantedExceptions } from '../exceptions.ts';
import { idOf } from './places.ts';

const approver = 'ines.silva@example.com, security officer';

/** What the demo organisation decided to live with, as it stands at the clock: one exception in each state there is, and one of many Regions. */
export function demoExceptions(clock: string): Exception[] {
  const calendar = calendarOf(clock);
  const within = (days: number): string => (days < 0 ? calendar.before(-days) : calendar.after(days)).slice(0, 10);
  return [
    {
      id: 'hackathon-keys',
      controls: ['long-term-ai-keys', 'phantom-users'],
      accounts: [idOf('sandbox-hackathon')],
      owner: 'kofi.mensah@example.com',
      reason: 'The teams of the hackathon work with keys of a few days; the account is emptied after it.',
      approver,
      expires: within(150),
    },
    {
      id: 'no-ai-in-log-archive',
      controls: ['ai-data-events'],
      accounts: [idOf('log-archive')],
      resources: ['*-*-?'],
      owner: 'petra.novak@example.com',
      reason: 'An SCP denies all AI services below the OU Security: there are no data events to record.',
      approver,
      expires: within(300),
    },
    {
      id: 'mexico-region',
      controls: ['unused-identities'],
      resources: ['arn:aws:iam::*:role/mexico-*'],
      owner: 'lucia.moreno@example.com',
      reason: 'It works in mx-central-1 alone, where AWS tracks no use.',
      approver,
      expires: within(12),
    },
    {
      id: 'archive-source',
      controls: ['service-trust-source'],
      resources: [`arn:aws:iam::${idOf('web-shop')}:role/image-archive`],
      owner: 'hugo.martin@example.com',
      reason: 'Jobs of the first release sent no source.',
      approver,
      expires: within(-10),
    },
    {
      id: 'tape-robot',
      controls: ['access-key-age', 'unused-credentials'],
      accounts: [idOf('backup')],
      resources: [`arn:aws:iam::${idOf('backup')}:user/svc-tape-robot`],
      owner: 'jonas.weber@example.com',
      reason: 'The library of tapes cannot take roles.',
      approver,
      expires: within(90),
    },
  ];
}

/** What they cover, counted by hand from the same tables as `truth.ts`. */
export const demoExceptionTruth: PlantedExceptions = {
  exceptions: [
    // Live keys of hk2y, hk9e and team-07; the first two are phantoms.
    { id: 'hackathon-keys', status: 'active', findings: 3 + 2, notMeasured: 0, returned: 0 },
    { id: 'no-ai-in-log-archive', status: 'active', findings: 17, notMeasured: 0, returned: 0 },
    // Not measured: the roles of data-lake, and acquired-erp. One of that name could be there.
    { id: 'mexico-region', status: 'expiring-soon', findings: 1, notMeasured: 2, returned: 0 },
    { id: 'archive-source', status: 'expired', findings: 0, notMeasured: 0, returned: 1 },
    { id: 'tape-robot', status: 'unused', findings: 0, notMeasured: 0, returned: 0 }, // the user was deleted
  ],
  findings: 5 + 17 + 1,
  figures: {
    'credential.ai-key-user-rate': 3,
    'logging.ai-data-event-coverage': 17 * 13, // of 14 core classes the organisation's trail takes one
    'identity.unused-rate': 1,
    // mexico-inference holds one sensitive permission, to call models.
    'permission.unused-sensitive-identity-rate': 1,
    'permission.unused-sensitive-pair-rate': 1,
  },
};
