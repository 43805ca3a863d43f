import { type Framework, requirementsOf } from './framework.ts';

/** ISO/IEC 27001:2022 Annex A: ids, with labels of our own. */
export const iso270012022: Framework<'iso-27001-2022'> = {
  id: 'iso-27001-2022',
  name: 'ISO/IEC 27001:2022 Annex A',
  listed:
    'Controls of Annex A that identities, credentials and trails can speak to. Each asks for more than configuration can show.',
  source: 'Ids as in a public mapping for AWS; which of our controls speaks to which is our reading.',
  requirements: requirementsOf([
    [
      'A.5.15',
      'Access control',
      'Limits of the organisation, guardrails, trust policies of roles, analysis of outside access.',
      'The access policy and who decides it.',
    ],
    [
      'A.5.16',
      'Identity management',
      'Unused users and roles, users that consoles make, sign-in through federation.',
      'The life of identities outside AWS.',
    ],
    [
      'A.5.17',
      'Authentication information',
      'Passwords, access keys, AI API keys, certificates: age, expiry, reuse.',
      'How they are handed out and kept.',
    ],
    [
      'A.5.18',
      'Access rights',
      'Unused identities and credentials, sensitive permissions without use, policies on users.',
      'Approval of rights, and whether a person reviewed them.',
    ],
    [
      'A.5.28',
      'Collection of evidence',
      'Signed log files of trails; the night itself is sealed.',
      'Procedures for evidence of incidents.',
    ],
    ['A.5.33', 'Protection of records', 'Signed and encrypted trails.', 'Retention and access of the buckets.'],
    [
      'A.8.2',
      'Privileged access rights',
      'Root, sensitive permissions without use, policies that allow everything, paths to more rights.',
      'How privileges are granted.',
    ],
    ['A.8.3', 'Restriction of access to information', 'Full access to CloudShell.', 'Access to data itself.'],
    ['A.8.5', 'Secure authentication', 'MFA of root and console users.', 'People who come through federation.'],
    [
      'A.8.9',
      'Configuration management',
      'Whether AWS Config records everywhere.',
      'Whether configurations are as planned.',
    ],
    [
      'A.8.15',
      'Logging',
      'Every account, Region and event class, and how trails are kept.',
      'Logs of hosts and applications.',
    ],
    [
      'A.8.16',
      'Monitoring',
      'Whether somebody is told of AI events, data events of AI services, unusual activity on trails.',
      'Other monitoring.',
    ],
  ]),
};
