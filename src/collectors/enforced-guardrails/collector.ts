import { z } from 'zod';
import type { ByRegion, EnforcedGuardrail } from '../../domain/account-settings.ts';
import { defineCollector, everyPage } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const operation = 'bedrock:ListEnforcedGuardrailsConfiguration';
const Page = z.object({
  guardrailsConfig: z.array(
    z.object({
      configId: z.string().optional(),
      guardrailArn: z.string().optional(),
      guardrailId: z.string().optional(),
      guardrailVersion: z.string().optional(),
      owner: z.string().optional(),
      modelEnforcement: z
        .object({ includedModels: z.array(z.string()).optional(), excludedModels: z.array(z.string()).optional() })
        .optional(),
    }),
  ),
});

/** Guardrails that every model call of the account has to pass, Region by Region (domain facts B.4). */
export const enforcedGuardrails = defineCollector<ByRegion<readonly EnforcedGuardrail[]>, Regions>({
  id: 'enforced-guardrails',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, async (reader) => {
      const { value, at } = await everyPage(reader, operation, {}, Page);
      return { value: value.flatMap((page) => page.guardrailsConfig).map(guardrail), at };
    });
  },
});

function guardrail(it: z.infer<typeof Page>['guardrailsConfig'][number]): EnforcedGuardrail {
  const models = it.modelEnforcement;
  return {
    id: it.configId ?? null,
    guardrail: it.guardrailArn ?? it.guardrailId ?? null,
    version: it.guardrailVersion ?? null,
    owner: it.owner ?? null,
    models:
      models === undefined ? null : { included: models.includedModels ?? [], excluded: models.excludedModels ?? [] },
  };
}
