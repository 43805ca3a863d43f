import { type Framework, requirementsOf } from './framework.ts';

/** NIST SP 800-53 Revision 5: ids, with labels of our own. */
export const nist80053r5: Framework<'nist-800-53-r5'> = {
  id: 'nist-800-53-r5',
  name: 'NIST SP 800-53 Rev. 5',
  listed:
    'Controls and enhancements that configuration and recorded use of AWS identities and trails can speak to. Policies, training and procedures that the catalogue also asks for are outside.',
  source:
    'Ids as in a public mapping for AWS. Ids marked as proposals are not in it, or stand there for another topic: the tie is ours.',
  requirements: requirementsOf(
    [
      [
        'AC-2',
        'Accounts are managed',
        'Users that consoles make to carry keys, and the keys.',
        'Approval, notice and review of accounts are procedures.',
      ],
      [
        'AC-2(1)',
        'Account management is automated',
        'Root credentials, key ages, sign-in through federation.',
        'The system that does it is not seen.',
      ],
      [
        'AC-2(3)',
        'Unused accounts are disabled',
        'Users, roles and credentials without use in the window.',
        'Accounts outside AWS; why an account is still needed.',
      ],
      [
        'AC-2(4)',
        'Account actions are recorded',
        'Whether management events are logged everywhere.',
        'Whether somebody reads them.',
      ],
      [
        'AC-2(g)',
        'Use of accounts is watched',
        'Last use of every credential that AWS keeps.',
        'What was done with it.',
      ],
      [
        'AC-2(j)',
        'Accounts are reviewed',
        'The nightly register of unused users and roles.',
        'Whether a person reviewed it.',
      ],
      [
        'AC-3',
        'Access is enforced',
        'Guardrails proven by evaluation, trust policies of roles, outbound federation.',
        'Access inside applications.',
      ],
      [
        'AC-5b',
        'Duties are separated',
        'Delegated administration, roles that only read.',
        'Who holds which role in the organisation.',
      ],
      [
        'AC-6',
        'Least privilege',
        'Sensitive permissions that nobody used, policies that allow everything, paths to more rights.',
        'Whether a permission that is used is needed.',
      ],
      [
        'AC-6(2)',
        'Privileged accounts are not for daily work',
        'Use of root, root credentials of members.',
        'Privileged sessions of people.',
      ],
      [
        'AC-6(7)',
        'Privileges are reviewed',
        'The rate of sensitive permissions without use.',
        'Whether a person reviewed it.',
      ],
      [
        'AC-6(9)',
        'Use of privileges is recorded',
        'Whether management events are logged everywhere.',
        'Whether somebody reads them.',
      ],
      [
        'AC-6(10)',
        'Others cannot use privileged functions',
        'Paths on which an identity reaches more rights than it was given.',
        'Functions of applications.',
      ],
      [
        'AU-2b',
        'Events to record are chosen',
        'Management events, data events of AI services and of S3 objects.',
        'Events of applications and hosts.',
      ],
      [
        'AU-3',
        'Records say what happened',
        'What CloudTrail and model invocation logging record.',
        'Records of applications.',
      ],
      [
        'AU-9a',
        'Audit information is protected',
        'Signed log files, policies that allow everything in CloudTrail.',
        'Access to the bucket of the logs.',
      ],
      [
        'AU-9(2)',
        'Audit records are kept apart',
        'Whether trails also deliver to a log group.',
        'Where buckets lie, and who owns them.',
      ],
      ['AU-9(3)', 'Audit records are protected by cryptography', 'Encryption of trails.', 'Keys and their policies.'],
      [
        'AU-10',
        'Actions can be tied to who acted',
        'Whether management events are logged everywhere.',
        'Which person stood behind a role.',
      ],
      [
        'AU-11',
        'Audit records are retained',
        null,
        'Retention of log buckets is not read. Assay’s own archive is locked for the time that its owner sets.',
      ],
      [
        'AU-12a',
        'Records are made where they must be',
        'Every account, Region and event class.',
        'Systems outside AWS.',
      ],
      ['IA-2(1)', 'MFA for privileged accounts', 'Root and console users.', 'People who come through federation.'],
      ['IA-2(2)', 'MFA for other accounts', 'Root and console users.', 'People who come through federation.'],
      [
        'IA-2(6)',
        'A device apart for access',
        'Hardware MFA of root and console users.',
        'People who come through federation.',
      ],
      [
        'IA-2(8)',
        'Access resists replay',
        'Hardware MFA of root and console users.',
        'People who come through federation.',
      ],
      [
        'IA-5',
        'Authenticators are managed',
        'Passwords, access keys, AI API keys, certificates: age, expiry, reuse.',
        'How they are handed out and kept.',
      ],
      ['SC-13', 'Cryptography is used where asked', 'Encryption of trails.', 'Everything else that is encrypted.'],
      ['SC-28(1)', 'Data at rest is encrypted', 'Encryption of trails.', 'Everything else that is stored.'],
      [
        'SI-4',
        'The system is monitored',
        'Whether somebody is told of AI events, unusual activity on trails.',
        'Other monitoring.',
      ],
      ['SI-7(1)', 'Integrity is checked', 'Signed log files of trails.', 'Integrity of software and other data.'],
      [
        'SI-7(3)',
        'Integrity checks are managed centrally',
        'Signed log files of trails.',
        'Whether somebody runs the check.',
      ],
      ['SI-7(7)', 'Broken integrity is detected and answered', 'Signed log files of trails.', 'The answer.'],
    ],
    { proposals: ['AC-2', 'AC-3', 'AC-6(7)', 'IA-5'] },
  ),
};
