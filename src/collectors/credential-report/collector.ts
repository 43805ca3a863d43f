import { z } from 'zod';
import type { CredentialReport } from '../../domain/facts.ts';
import { Refusal } from '../../domain/gap.ts';
import { isoDate } from '../../domain/iso-date.ts';
import type { Reading } from '../../domain/reading.ts';
import { type Collecting, defineCollector, oneAnswer, reading } from '../define.ts';
import { parseReport } from './report.ts';

const Generated = z.object({ State: z.string().optional() });
const Report = z.object({ Content: z.string(), GeneratedTime: z.string().optional() });
const polls = 10;

/** The account's credential report: asked for, polled, read. AWS makes a new one at most every 4 hours (domain facts E.3). */
export const credentialReport = defineCollector<Reading<CredentialReport>>({
  id: 'credential-report',
  operations: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
  async collect(aws) {
    return reading('global', 'iam:GetCredentialReport', async () => {
      await generate(aws);
      const { value, at, source } = await oneAnswer(aws.in('global'), 'iam:GetCredentialReport', {}, Report);
      const csv = Buffer.from(value.Content, 'base64').toString('utf8');
      return { value: parseReport(csv, source, isoDate(value.GeneratedTime)), at };
    });
  },
});

/** Waits until AWS says the report is complete. A refusal here does not matter while an earlier report can still be read. */
async function generate(aws: Collecting): Promise<void> {
  try {
    for (let poll = 0; poll < polls; poll++) {
      const { value } = await oneAnswer(aws.in('global'), 'iam:GenerateCredentialReport', {}, Generated);
      if (value.State === 'COMPLETE') return;
      await aws.pause(2);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
