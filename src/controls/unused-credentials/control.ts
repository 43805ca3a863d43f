import type { CredentialReport, CredentialReportRow } from '../../domain/facts.ts';
import { known, type Reading } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { agedBeyond, fail, notApplicable, notMeasured, pass, unusedFor, worst } from '../verdict.ts';

/** When the report was asked for: a use may be later than the clock up to then. */
const askedAt = (report: Reading<CredentialReport>): Reading<string | null> =>
  report.kind === 'known' ? known(report.at, null) : report;

const credentialsOf = ({ passwordEnabled, passwordLastUsed, passwordChanged, accessKeys }: CredentialReportRow) => [
  ...(passwordEnabled ? [{ what: 'password', used: passwordLastUsed, made: passwordChanged }] : []),
  ...accessKeys.flatMap(({ active, lastUsed, rotated }, index) =>
    active ? [{ what: `access key ${index + 1}`, used: lastUsed, made: rotated }] : [],
  ),
];

export const unusedCredentials = defineControl({
  id: 'unused-credentials',
  version: 1,
  severity: 'medium',
  title: 'Credentials that nobody uses are taken away',
  method:
    'The console password and the active access keys of a user, by the credential report: each is unused where its last use, or where it was never used its creation, lies before the days that count. A user without either is not judged.',
  frameworks: {
    'cis-aws-7.0.0': ['2.11'],
    'cis-aws-5.0.0': ['1.11'],
    'cis-aws-3.0.0': ['1.12'],
    'nist-800-53-r5': ['AC-2(3)', 'AC-2(g)'],
    'pci-dss-4.0.1': ['8.2.6'],
    'iso-27001-2022': ['A.5.16', 'A.5.18'],
    'soc-2': ['CC6.2'],
  },
  operations: ['iam:GetCredentialReport'],
  thresholds: { unusedDays: 45 },
  over: users,

  needs: ({ name }, { facts }) => ({
    rows: reportRows(facts, name),
    report: facts.credentialReport,
    asked: askedAt(facts.credentialReport),
  }),
  judge({ rows, asked }, { name }, { clock, thresholds: { unusedDays } }) {
    const each = rows.flatMap(credentialsOf).map(({ what, used, made }) => {
      const evidence = { [`${what}: last used`]: used, [`${what}: made`]: made };
      const unused =
        used === null
          ? agedBeyond(made, `${what} of ${name}`, unusedDays, clock)
          : unusedFor(used, `the last use of the ${what} of ${name}`, { days: unusedDays, clock, at: asked });
      if (typeof unused === 'object') return notMeasured(unused, evidence);
      if (!unused) return pass(`every credential was used within ${unusedDays} days, or is new`, evidence);
      return fail(`${what}: ${used === null ? `never used since ${made}` : `last used ${used}`}`, evidence);
    });
    return worst(each, notApplicable('the user has neither a password nor an active access key'));
  },
  remedy: ({ name }) => ({
    text: 'Deactivate the key or delete the password; delete the user if nothing is left',
    command: `aws iam delete-login-profile --user-name ${word(name)}`,
  }),
});
