import { itemsOf, known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { some } from '../policies.ts';
import { thisAccount } from '../populations.ts';
import { fail, notApplicable, notMeasured, pass } from '../verdict.ts';

/** AWS's own, attached wherever a type of policy is enabled: they allow everything. */
const ofAws = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);

export const authorizationPolicies = defineControl({
  id: 'authorization-policies',
  version: 1,
  severity: 'medium',
  title: 'A policy of the organisation limits every member account',
  method:
    'The service and resource control policies attached on the way from the root to the account, but for those of AWS that allow everything.',
  frameworks: {
    'cis-aws-7.0.0': ['2.1.2'],
    'nist-800-53-r5': ['AC-3', 'AC-6'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.1'],
  },
  operations: ['organizations:ListPolicies', 'organizations:ListTargetsForPolicy'],
  fromOutside: true,
  over: thisAccount,

  needs: (_, { shared: { managementAccount, roots, scps, rcps } }) => ({
    managementAccount,
    roots,
    scps: known(scps, null),
    rcps: known(rcps, null),
  }),
  judge({ managementAccount, roots, scps, rcps }, { account, ou }) {
    if (managementAccount === null) return notApplicable('the account belongs to no organisation');
    if (managementAccount === account)
      return notApplicable('no policy of the organisation limits the management account');
    const path = [...roots.slice(0, 1), ...ou, account];
    const own = [scps, rcps].flatMap(itemsOf).filter(({ id }) => !ofAws.has(id));
    const attached = own.filter(
      ({ targets }) => targets.kind === 'known' && targets.value.some((it) => path.includes(it)),
    );
    if (attached.length > 0)
      return pass('policies of the organisation limit it', { policies: some(attached.map(({ name }) => name)) });
    const hidden = [scps, rcps, ...own.map(({ targets }) => targets)].find(({ kind }) => kind === 'unknown');
    return hidden?.kind === 'unknown' ? notMeasured(hidden.gap) : fail('no policy of the organisation limits it');
  },
  remedy: () => ({ text: 'Attach guardrails to the root or the OU of the account: `assay guardrails` writes them' }),
});
