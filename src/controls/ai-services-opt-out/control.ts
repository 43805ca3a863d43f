import { defineControl } from '../define.ts';
import { theOrganization } from '../organization.ts';
import { fail, ifKnown, notMeasured, pass, worst } from '../verdict.ts';

type Node = Readonly<Record<string, unknown>>;
const at = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null ? (node as Node)[key] : undefined;

/** `services.default.opt_out_policy`, with or without the `@@assign` that AWS writes. */
function optsOut(document: Node): boolean {
  const value = at(at(at(document, 'services'), 'default'), 'opt_out_policy');
  return (typeof value === 'string' ? value : at(value, '@@assign')) === 'optOut';
}

export const aiServicesOptOut = defineControl({
  id: 'ai-services-opt-out',
  version: 1,
  severity: 'medium',
  title: 'No AI service of AWS may keep content to improve itself',
  method: 'The AI services opt-out policies: one that is attached to the root must opt out by default.',
  frameworks: {},
  unmapped:
    'No requirement listed asks what a provider may keep of what it is sent; it is a matter of contract and data protection.',
  operations: ['organizations:ListPolicies', 'organizations:ListTargetsForPolicy', 'organizations:DescribePolicy'],
  over: theOrganization,

  needs: (_, { shared, settings }) => ({ roots: shared.roots, policies: settings.aiOptOut }),
  judge({ roots, policies }) {
    const atRoot = policies.filter(
      ({ targets }) => targets.kind === 'known' && targets.value.some((it) => roots.includes(it)),
    );
    const verdicts = atRoot.map(({ name, document }) =>
      ifKnown(document, (it) =>
        optsOut(it)
          ? pass('a policy at the root opts out by default', { name })
          : fail('the policy at the root does not opt out by default', { name }),
      ),
    );
    const good = verdicts.find(({ status }) => status === 'pass');
    const hidden = policies.find(({ targets }) => targets.kind === 'unknown')?.targets;
    if (good !== undefined) return good;
    if (hidden?.kind === 'unknown') return notMeasured(hidden.gap);
    return worst(verdicts, fail('no opt-out policy is attached to the root'));
  },
  remedy: () => ({
    text: 'Attach an opt-out policy for all services to the root',
    command:
      'aws organizations create-policy --type AISERVICES_OPT_OUT_POLICY --name opt-out --description "No content to AI services" --content file://opt-out.json',
  }),
});
