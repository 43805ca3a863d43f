import { type Framework, requirementsOf } from './framework.ts';

/** SOC 2, the Trust Services Criteria of the AICPA: ids, with labels of our own. */
export const soc2: Framework<'soc-2'> = {
  id: 'soc-2',
  name: 'SOC 2 Trust Services Criteria',
  listed:
    'Common criteria that identities, credentials and trails can speak to. A Type II report is about a period: nights over time show it better than one.',
  source: 'Ids as in a public mapping for AWS. Ids marked as proposals stand there for another topic: the tie is ours.',
  requirements: requirementsOf(
    [
      [
        'CC4.1',
        'Controls are evaluated all along',
        'A role that may review and only read.',
        'The evaluation itself; sealed nights are part of its evidence.',
      ],
      [
        'CC6.1',
        'Logical access is limited',
        'Root, MFA, passwords, keys, AI API keys, guardrails.',
        'Access outside AWS.',
      ],
      [
        'CC6.2',
        'Access is given and removed',
        'Unused users, roles and credentials, users that consoles make.',
        'Approval of access.',
      ],
      [
        'CC6.3',
        'Access follows roles and least privilege',
        'Sensitive permissions without use, policies that allow everything, paths to more rights.',
        'Whether a permission that is used is needed.',
      ],
      [
        'CC6.6',
        'Access from outside is limited',
        'Trust policies of roles, outbound federation, analysis of outside access.',
        'Networks.',
      ],
      ['CC7.1', 'Changes of configuration are detected', 'Whether AWS Config records everywhere.', 'Vulnerabilities.'],
      [
        'CC7.2',
        'The system is monitored',
        'Every account, Region and event class; whether somebody is told of AI events.',
        'Other monitoring.',
      ],
      ['CC7.3', 'Events are evaluated', 'Signed log files of trails.', 'The evaluation itself.'],
      ['CC8.1', 'Changes are managed', null, 'How changes are approved is not read.'],
    ],
    { proposals: ['CC4.1', 'CC6.2'] },
  ),
};
