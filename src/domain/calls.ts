import { z } from 'zod';

const counts = {
  calls: z.number().int().describe('calls that went to AWS; one that was asked again counts again'),
  throttled: z.number().int().describe('calls that AWS throttled'),
  askedAgain: z.number().int().describe('calls asked again after a refusal that may pass'),
};

/**
 * What a run asked of AWS. It describes the run and not the organisation: it is told and logged, but never sealed, so that a night that is
 * performed again from its transcripts has the same bytes.
 */
export const callSummarySchema = z.strictObject({
  ...counts,
  seconds: z.number().describe('from the first call to the last'),
  perSecond: z.number().nullable().describe('calls a second over that time; null where it is less than a second'),
  mostInOneSecond: z.number().int(),
  byService: z.record(z.string(), z.strictObject(counts)),
});
export type CallSummary = z.infer<typeof callSummarySchema>;
