import type { Operation } from '../ports/aws-calls.ts';
import { accountAnswers } from './answers/account.ts';
import { cloudtrailAnswers } from './answers/cloudtrail.ts';
import { credentialReportAnswers } from './answers/credential-report.ts';
import { forwardingAnswers } from './answers/forwarding.ts';
import { iamAnswers } from './answers/iam.ts';
import { iamKeyAnswers } from './answers/iam-keys.ts';
import { iamSettingsAnswers } from './answers/iam-settings.ts';
import { lastAccessedAnswers } from './answers/last-accessed.ts';
import { organizationSettingsAnswers } from './answers/organization-settings.ts';
import { organizationsAnswers } from './answers/organizations.ts';
import { regionalAnswers } from './answers/regional.ts';
import { stsAnswers } from './answers/sts.ts';
import type { Answering } from './scope.ts';

/** One answer for each operation Assay makes: the build fails where the operation table has one more. */
export const answers: { readonly [O in Operation]: Answering<O> } = {
  ...stsAnswers,
  ...organizationsAnswers,
  ...accountAnswers,
  ...iamAnswers,
  ...credentialReportAnswers,
  ...lastAccessedAnswers,
  ...cloudtrailAnswers,
  ...organizationSettingsAnswers,
  ...iamKeyAnswers,
  ...iamSettingsAnswers,
  ...regionalAnswers,
  ...forwardingAnswers,
};
