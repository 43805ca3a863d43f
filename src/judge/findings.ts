import { allControls } from '../controls/all.ts';
import type { Control, Judged, Thresholds } from '../controls/define.ts';
import type { AccountSubject, OrganizationSubject } from '../controls/subject.ts';
import type { Gap } from '../domain/gap.ts';
import type { FindingRow } from '../domain/tables.ts';

/** What an organisation asks for itself, by control; what it does not name holds as the control says. */
export type ControlSettings = Readonly<Record<string, Thresholds>>;

const ofScope = <Subject extends Judged>(scope: Control['scope']): readonly Control<Subject>[] =>
  allControls.filter((control) => control.scope === scope) as unknown as readonly Control<Subject>[];

const ofAccounts = ofScope<AccountSubject>('account');
const ofOrganization = ofScope<OrganizationSubject>('organization');

/** Every control of accounts over one account. Where it could not be entered, nothing is known but what stands around it. */
export function judgeFindings(subject: AccountSubject, settings: ControlSettings): FindingRow[] {
  const { access } = subject.facts;
  return ofAccounts.flatMap((control) =>
    access.kind === 'unknown' && control.fromOutside !== true
      ? [control.unmeasured(subject.account, access.gap, settings[control.id])]
      : control.evaluate(subject, settings[control.id]),
  );
}

/** The findings of an account of which nothing is known. */
export const findingsOfGap = (account: string, gap: Gap, settings: ControlSettings): FindingRow[] =>
  ofAccounts.map((control) => control.unmeasured(account, gap, settings[control.id]));

/** Every control of the organisation. */
export const judgeOrganization = (subject: OrganizationSubject, settings: ControlSettings): FindingRow[] =>
  ofOrganization.flatMap((control) => control.evaluate(subject, settings[control.id]));
