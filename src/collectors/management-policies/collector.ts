import type { ManagementPolicyFact, OrganizationSettings } from '../../domain/organization-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { defineCollector } from '../define.ts';
import { type OptionalType, optionalPolicies } from '../organization/policies.ts';
import { jsonDocument } from '../policy-document.ts';

/** Which types of policy are enabled for the root, where that was read. */
export interface PolicyTypes {
  readonly enabled: Reading<readonly string[] | null>;
}

/** Policies that govern AI in the organisation: the opt-out of AI services, and Bedrock policies. */
export const managementPolicies = defineCollector<Pick<OrganizationSettings, 'aiOptOut' | 'bedrock'>, PolicyTypes>({
  id: 'management-policies',
  operations: ['organizations:ListPolicies', 'organizations:ListTargetsForPolicy', 'organizations:DescribePolicy'],
  async collect(aws, { enabled }) {
    const reader = aws.in('global');
    return {
      aiOptOut: await ofType(reader, 'AISERVICES_OPT_OUT_POLICY', enabled),
      bedrock: await ofType(reader, 'BEDROCK_POLICY', enabled),
    };
  },
});

const ofType = (
  reader: AwsReader,
  type: OptionalType,
  enabled: PolicyTypes['enabled'],
): Promise<Reading<readonly ManagementPolicyFact[]>> => optionalPolicies(reader, type, enabled, jsonDocument);
