import { throughWords } from '../../domain/grade-words.ts';
import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { guardrails, unreadPolicy } from '../populations.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

export const guardrailEnforcement = defineControl({
  id: 'guardrail-enforcement',
  version: 1,
  severity: 'medium',
  title: 'Every guardrail is proven to hold',
  method:
    'Each guardrail of the account, by its grade: evaluation of the policies above the account shows whether any principal gets a request through. An exception fails until it is approved.',
  frameworks: {
    'cis-aws-7.0.0': ['2.1.2'],
    'nist-800-53-r5': ['AC-3', 'AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.1'],
  },
  operations: ['organizations:ListPolicies', 'organizations:ListTargetsForPolicy', 'organizations:DescribePolicy'],
  fromOutside: true,
  over: guardrails,

  needs: ({ grade }, { shared }) => ({ grade: grade === 'not-measured' ? unreadPolicy(shared) : known(grade, null) }),
  judge({ grade }, { why, open, probes, by, exemptions }) {
    const evidence = { by, exempted: exemptions.flatMap(({ values }) => values) };
    if (grade === 'enforced') return pass('no principal gets a request through', evidence);
    if (grade === 'not-applicable') return notApplicable(why ?? 'it does not apply', evidence);
    if (grade === 'enforced-with-exceptions') return fail('principals that nobody approved are exempted', evidence);
    return fail(throughWords({ grade, open, probes }), evidence);
  },
  remedy: () => ({
    text: 'Attach the SCP that closes the gap: `assay guardrails` writes and proves it',
    command: `assay guardrails --help`,
  }),
});
