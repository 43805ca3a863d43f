import { z } from 'zod';
import { operations } from '../../catalogue/operations.ts';
import type { ByRegion, ClaudeWorkspace } from '../../domain/account-settings.ts';
import { Refusal } from '../../domain/gap.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { jsonOf } from '../../domain/json.ts';
import { defineCollector, everyPage } from '../define.ts';
import { inEach, type Read, type Regions } from '../lists.ts';

const operation = 'cloudcontrol:ListResources';
const TypeName = 'AWS::AWSExternalAnthropic::Workspace';
const Page = z.object({
  ResourceDescriptions: z.array(z.object({ Identifier: z.string(), Properties: z.string().optional() })),
});
/** As CloudFormation names them; what is missing or no JSON tells nothing, and the identifier stays. */
const Properties = z.object({
  Arn: z.string().optional(),
  Name: z.string().optional(),
  CreatedAt: z.string().optional(),
});
/** What Cloud Control answers where it does not know the type, or cannot list it. */
const unsupported = ['TypeNotFoundException', 'UnsupportedActionException'];

/**
 * Workspaces of Claude Platform, Region by Region (domain facts A.1). The type is in CloudFormation; that Cloud Control lists it everywhere
 * is unconfirmed, so a Region that does not know it is a gap that names the type, and never one without workspaces.
 */
export const claudeWorkspaces = defineCollector<ByRegion<readonly ClaudeWorkspace[]>, Regions>({
  id: 'claude-workspaces',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, (reader) =>
      namingTheType(async () => {
        const { value, at } = await everyPage(reader, operation, { TypeName }, Page);
        return { value: value.flatMap((page) => page.ResourceDescriptions).map(workspace), at };
      }),
    );
  },
});

async function namingTheType<T>(read: () => Promise<Read<T>>): Promise<Read<T>> {
  try {
    return await read();
  } catch (error) {
    const name = error instanceof Refusal ? (error.error?.name ?? '') : '';
    if (!(error instanceof Refusal) || !unsupported.includes(name)) throw error;
    throw new Refusal({ code: 'NOT_OFFERED', action: operations[operation].action, what: TypeName }, error.error);
  }
}

function workspace(it: z.infer<typeof Page>['ResourceDescriptions'][number]): ClaudeWorkspace {
  const { Arn, Name, CreatedAt } = propertiesOf(it.Properties);
  return { id: it.Identifier, arn: Arn ?? null, name: Name ?? null, created: isoDate(CreatedAt) };
}

const propertiesOf = (text = ''): z.infer<typeof Properties> => Properties.safeParse(jsonOf(text)).data ?? {};
