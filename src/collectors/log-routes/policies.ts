import { z } from 'zod';
import type { LogRoutes, SubscriptionPolicy } from '../../domain/forwarding.ts';
import type { Region } from '../../domain/ids.ts';
import { jsonOf } from '../../domain/json.ts';
import { type Collecting, everyPage, reading } from '../define.ts';

export const policyOperation = 'logs:DescribeAccountPolicies';
const policyType = 'SUBSCRIPTION_FILTER_POLICY';
const Policies = z.object({
  accountPolicies: z.array(
    z.object({
      policyName: z.string(),
      policyType: z.string().optional(),
      policyDocument: z.string().optional(),
      selectionCriteria: z.string().optional(),
    }),
  ),
});
const Document = z.object({ DestinationArn: z.string(), FilterPattern: z.string() });

/** Subscription filter policies of an account in one Region (CloudWatch Logs API reference, "PutAccountPolicy"). */
export const policiesOf = (aws: Collecting, region: Region): Promise<LogRoutes['policies']> =>
  reading(region, policyOperation, async () => {
    const { value, at } = await everyPage(aws.in(region), policyOperation, { policyType }, Policies);
    const all = value.flatMap(({ accountPolicies }) => accountPolicies);
    return {
      value: all
        .filter((it) => it.policyType === undefined || it.policyType === policyType)
        .map((it) => ({
          name: it.policyName,
          sends: sendsOf(it.policyDocument ?? ''),
          leavesOut: leavesOutOf(it.selectionCriteria ?? ''),
        })),
      at,
    };
  });

function sendsOf(document: string): SubscriptionPolicy['sends'] {
  const { data } = Document.safeParse(jsonOf(document));
  return data === undefined ? null : { pattern: data.FilterPattern, destination: data.DestinationArn };
}

/** `LogGroupName NOT IN ["a", "b"]` is the one criterion AWS takes for this type of policy; without one it is for all log groups. */
function leavesOutOf(criteria: string): readonly string[] | null {
  if (criteria.trim() === '') return [];
  const [, list = ''] = /^\s*LogGroupName\s+NOT\s+IN\s*(\[.*\])\s*$/is.exec(criteria) ?? [];
  return z.array(z.string()).safeParse(jsonOf(list)).data ?? null;
}
