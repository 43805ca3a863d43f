import { z } from 'zod';
import type { RcpFact, ScpFact } from '../../domain/facts.ts';
import { known, type Reading, unknown } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { everyPage, oneAnswer, reading } from '../define.ts';
import { isGone } from '../lists.ts';
import { type DocumentPlace, policyDocument } from '../policy-document.ts';

const Policies = z.object({ Policies: z.array(z.object({ Id: z.string(), Name: z.string().optional() })) });
const Targets = z.object({ Targets: z.array(z.object({ TargetId: z.string() })) });
const Policy = z.object({ Policy: z.object({ Content: z.string() }) });
const describeOperation = 'organizations:DescribePolicy';

type Policies<Document> = readonly (Omit<ScpFact, 'document'> & { readonly document: Reading<Document> })[];
type ParseDocument<Document> = (raw: unknown, place: DocumentPlace) => Reading<Document>;
/** Types of policy that an organisation may have switched off. */
export type OptionalType = 'RESOURCE_CONTROL_POLICY' | 'AISERVICES_OPT_OUT_POLICY' | 'BEDROCK_POLICY';

export const serviceControlPolicies = (reader: AwsReader): Promise<Reading<readonly ScpFact[]>> =>
  policiesOf(reader, 'SERVICE_CONTROL_POLICY', policyDocument);

export const resourceControlPolicies = (
  reader: AwsReader,
  enabledTypes: Reading<readonly string[] | null>,
): Promise<Reading<readonly RcpFact[]>> =>
  optionalPolicies(reader, 'RESOURCE_CONTROL_POLICY', enabledTypes, policyDocument);

/**
 * Policies of a type that may be switched off. A list that was refused is empty only where AWS itself says that this type of policy is not
 * enabled: in its error, or by leaving it out of the types that are enabled for the root.
 */
export async function optionalPolicies<Document>(
  reader: AwsReader,
  type: OptionalType,
  enabledTypes: Reading<readonly string[] | null>,
  parse: ParseDocument<Document>,
): Promise<Reading<Policies<Document>>> {
  const list = await policiesOf(reader, type, parse);
  if (list.kind === 'known') return list;
  if (list.gap.code === 'UNEXPECTED' && list.gap.name === 'PolicyTypeNotEnabledException') return known([], null);
  const enabled = enabledTypes.kind === 'known' ? enabledTypes.value : null;
  if (enabled?.includes(type) === false) return known([], null);
  if (list.gap.code !== 'NOT_IN_SNAPSHOT') return list;
  return unknown({ code: 'NOT_IN_SNAPSHOT', operation: `${list.gap.operation} of ${type}` }, list.place);
}

/** Policies of one type with their targets: one walk over the policies instead of one call per account (domain facts E.6). */
function policiesOf<Document>(
  reader: AwsReader,
  Filter: 'SERVICE_CONTROL_POLICY' | OptionalType,
  parse: ParseDocument<Document>,
): Promise<Reading<Policies<Document>>> {
  return reading('global', 'organizations:ListPolicies', async () => {
    const { value, at } = await everyPage(reader, 'organizations:ListPolicies', { Filter }, Policies);
    const policies: Policies<Document>[number][] = [];
    for (const { Id, Name } of value.flatMap((page) => page.Policies)) {
      const policy = await describe(reader, Id, Name ?? Id, parse);
      if (![policy.targets, policy.document].some((it) => isGone(it, gone))) policies.push(policy);
    }
    return { value: policies, at };
  });
}

/** The policy was deleted since the list was read; AWS lets nobody delete one that is attached. */
const gone = ['PolicyNotFoundException'];

async function describe<Document>(
  reader: AwsReader,
  id: string,
  name: string,
  parse: ParseDocument<Document>,
): Promise<Policies<Document>[number]> {
  const targets = await reading('global', 'organizations:ListTargetsForPolicy', async () => {
    const { value, at } = await everyPage(reader, 'organizations:ListTargetsForPolicy', { PolicyId: id }, Targets);
    return { value: value.flatMap((page) => page.Targets).map(({ TargetId }) => TargetId), at };
  });
  const content = await reading('global', describeOperation, async () => {
    const { value, at, source } = await oneAnswer(reader, describeOperation, { PolicyId: id }, Policy);
    return { value: { text: value.Policy.Content, file: source }, at };
  });
  if (content.kind === 'unknown') return { id, name, targets, document: content };
  const { text, file } = content.value;
  const document = parse(text, {
    file,
    place: `${id} (${name})`,
    operation: describeOperation,
    at: content.at,
  });
  return { id, name, targets, document };
}
