import { z } from 'zod';
import type { CredentialReport } from '../../domain/facts.ts';
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
    const refused = await generate(aws);
    const report = await reading('global', 'iam:GetCredentialReport', async () => {
      const { value, at, source } = await oneAnswer(aws.in('global'), 'iam:GetCredentialReport', {}, Report);
      const csv = Buffer.from(value.Content, 'base64').toString('utf8');
      return { value: parseReport(csv, source, isoDate(value.GeneratedTime)), at };
    });
    const isMissing = report.kind === 'unknown' && report.gap.code === 'UNEXPECTED'; // none was made, or it has expired
    return isMissing && refused !== null ? refused : report;
  },
});

/** Waits until AWS says the report is complete. A refusal here does not matter while an earlier report can still be read. */
async function generate(aws: Collecting): Promise<Reading<never> | null> {
  const made = await reading('global', 'iam:GenerateCredentialReport', async () => {
    for (let poll = 0; poll < polls; poll++) {
      const { value } = await oneAnswer(aws.in('global'), 'iam:GenerateCredentialReport', {}, Generated);
      if (value.State === 'COMPLETE') break;
      await aws.pause(2);
    }
    return { value: null, at: null };
  });
  return made.kind === 'unknown' ? made : null;
}
