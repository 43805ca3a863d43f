import { awsAiSecurity } from './aws-ai-security.ts';
import { cisAws3 } from './cis-aws-3.ts';
import { cisAws5 } from './cis-aws-5.ts';
import { cisAws7 } from './cis-aws-7.ts';
import { iso270012022 } from './iso-27001-2022.ts';
import { nist80053r5 } from './nist-800-53-r5.ts';
import { pciDss4 } from './pci-dss-4.ts';
import { soc2 } from './soc-2.ts';

export type { Framework, Limit, Requirement } from './framework.ts';

/** Every framework, in the order of reports. */
export const frameworks = [cisAws7, cisAws5, cisAws3, nist80053r5, pciDss4, iso270012022, soc2, awsAiSecurity] as const;
export type FrameworkId = (typeof frameworks)[number]['id'];

/** Requirements that a control or a figure speaks to, by framework and version: ids alone. */
export type Frameworks = Readonly<Partial<Record<FrameworkId, readonly string[]>>>;
