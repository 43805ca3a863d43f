import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { agedBeyond, fail, notApplicable, notMeasured, pass, worst } from '../verdict.ts';

export const accessKeyAge = defineControl({
  id: 'access-key-age',
  version: 1,
  severity: 'medium',
  title: 'Active access keys are young',
  method:
    'The credential report dates each of the two access keys of a user; a user without an active one is not judged.',
  frameworks: {
    'cis-aws-7.0.0': ['2.12'],
    'cis-aws-5.0.0': ['1.13'],
    'cis-aws-3.0.0': ['1.14'],
    'nist-800-53-r5': ['AC-2(1)', 'IA-5'],
    'pci-dss-4.0.1': ['8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
    'aws-ai-security': ['AISF-IAM-03'],
  },
  operations: ['iam:GetCredentialReport'],
  thresholds: { maxAgeDays: 90 },
  over: users,
  needs: ({ name }, { facts }) => ({ rows: reportRows(facts, name) }),
  judge({ rows }, { name }, { clock, thresholds: { maxAgeDays } }) {
    const each = rows.flatMap(({ accessKeys }) =>
      accessKeys.flatMap(({ active, rotated }, index) => {
        if (!active) return [];
        const [which, evidence] = [`access key ${index + 1}`, { [`key${index + 1}Created`]: rotated }];
        const old = agedBeyond(rotated, `${which} of ${name}`, maxAgeDays, clock);
        if (typeof old === 'object') return [notMeasured(old, evidence)];
        return [
          old
            ? fail(`${which}, made ${rotated}, is older than ${maxAgeDays} days`, evidence)
            : pass(`no active access key is older than ${maxAgeDays} days`, evidence),
        ];
      }),
    );
    return worst(each, notApplicable('the user has no active access key'));
  },
  remedy: ({ name }) => ({
    text: 'Make a new key, move its users over, then deactivate and delete the old one; better, use a role',
    command: `aws iam list-access-keys --user-name ${word(name)}`,
  }),
});
