import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';
import { askedFor, fail, pass } from '../verdict.ts';

export const enforcedAiGuardrails = defineControl({
  id: 'enforced-ai-guardrails',
  version: 1,
  severity: 'low',
  title: 'Every model call passes a guardrail',
  method:
    'The guardrails that the account or the organisation enforces on all model calls of Bedrock, in each enabled Region.',
  frameworks: {},
  unmapped: 'No requirement listed asks what a model may be asked or answer.',
  operations: ['bedrock:ListEnforcedGuardrailsConfiguration'],
  over: regions,

  needs: (region, { facts }) => ({
    enforced: askedFor(facts.enforcedGuardrails, region, 'bedrock:ListEnforcedGuardrailsConfiguration'),
  }),
  judge({ enforced }) {
    const guardrails = enforced.flatMap(({ guardrail }) => guardrail ?? []);
    const whole = enforced.some(({ models }) => models === null || models.included.includes('ALL'));
    if (enforced.length === 0) return fail('no guardrail is enforced', { guardrails });
    return whole
      ? pass('a guardrail is enforced on every model', { guardrails })
      : fail('guardrails are enforced on some models alone', { guardrails });
  },
  remedy: () => ({ text: 'Enforce a guardrail for the account, or with a Bedrock policy for the organisation' }),
});
