import { z } from 'zod';
import type { ScpFact } from '../../domain/facts.ts';
import type { Reading } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { everyPage, oneAnswer, reading } from '../define.ts';
import { policyDocument } from '../policy-document.ts';

const Policies = z.object({ Policies: z.array(z.object({ Id: z.string(), Name: z.string().optional() })) });
const Targets = z.object({ Targets: z.array(z.object({ TargetId: z.string() })) });
const Policy = z.object({ Policy: z.object({ Content: z.string() }) });
const describeOperation = 'organizations:DescribePolicy';

/** Service control policies with their targets: one walk over the policies instead of one call per account (domain facts E.6). */
export function serviceControlPolicies(reader: AwsReader): Promise<Reading<readonly ScpFact[]>> {
  return reading('global', 'organizations:ListPolicies', async () => {
    const { value, at } = await everyPage(
      reader,
      'organizations:ListPolicies',
      { Filter: 'SERVICE_CONTROL_POLICY' },
      Policies,
    );
    const scps: ScpFact[] = [];
    for (const { Id, Name } of value.flatMap((page) => page.Policies))
      scps.push(await describe(reader, Id, Name ?? Id));
    return { value: scps, at };
  });
}

async function describe(reader: AwsReader, id: string, name: string): Promise<ScpFact> {
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
  const document = policyDocument(text, {
    file,
    place: `${id} (${name})`,
    operation: describeOperation,
    at: content.at,
  });
  return { id, name, targets, document };
}
