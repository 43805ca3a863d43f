import type { Thresholds } from '../../src/controls/define.ts';
import type { AccountSubject, OrganizationSubject } from '../../src/controls/subject.ts';
import type { AccountFacts } from '../../src/domain/facts.ts';
import type { OrganizationSettings } from '../../src/domain/organization-settings.ts';
import { known } from '../../src/domain/reading.ts';
import type { FindingStatus } from '../../src/domain/tables.ts';
import { judgeCredentials } from '../../src/judge/credentials.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { account, clock, denial, factsWith, noShared, special, window } from '../support/facts.ts';

/** One row of a control's table: what was read, and the status of each finding in order. */
export interface Case {
  readonly name: string;
  readonly facts?: Partial<AccountFacts>;
  /** Rows that were judged from the facts, and what is shared. */
  readonly rows?: Partial<Omit<AccountSubject, 'facts'>>;
  readonly settings?: Partial<OrganizationSettings>;
  readonly shared?: Partial<OrganizationSubject['shared']>;
  readonly thresholds?: Thresholds;
  readonly expected: readonly FindingStatus[];
  /** Part of the reason of the first finding. */
  readonly says?: string;
}

export function accountSubject({ facts: changed = {}, rows = {} }: Pick<Case, 'facts' | 'rows'>): AccountSubject {
  const facts = factsWith(changed);
  return {
    account,
    clock,
    special,
    facts,
    shared: noShared,
    identities: [],
    credentials: judgeCredentials(facts, { window, fence: fenceAlone(account, []), arns: new Map() }),
    logging: [],
    guardrails: [],
    objectLogging: [],
    doubt: denial,
    ou: [],
    ...rows,
  };
}

/** The same subject after its facts changed: rows that follow from the facts follow again. */
export const judgedAgain = (subject: AccountSubject): AccountSubject => ({
  ...subject,
  credentials: judgeCredentials(subject.facts, { window, fence: fenceAlone(account, []), arns: new Map() }),
});

/** An organisation that has switched nothing on. */
const noSettings: OrganizationSettings = {
  aiOptOut: known([], null),
  bedrock: known([], null),
  delegatedAdministrators: known([], null),
  trustedAccess: known([], null),
  rootFeatures: known([], null),
  accountTags: {},
  trails: {},
};

export const organizationSubject = ({
  settings = {},
  shared = {},
}: Pick<Case, 'settings' | 'shared'>): OrganizationSubject => ({
  account: 'organization',
  clock,
  shared: { ...noShared, ...shared },
  settings: { ...noSettings, ...settings },
});
