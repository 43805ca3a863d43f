import { word } from '../controls/shell.ts';
import type { Change } from '../domain/action-table.ts';
import { isCounted } from '../domain/identity.ts';
import type { IdentityRow } from '../domain/tables.ts';
import { countedAs } from '../judge/permissions.ts';
import { effectsOf } from './effect.ts';
import type { ByIdentity, World } from './world.ts';

const isUnused = ({ kind, activity, tooNew }: IdentityRow): boolean =>
  isCounted(kind) && activity === 'unused' && !tooNew;

/** Identities that nobody used: each goes, with everything that it holds. */
export const deletions = ({ result, rules }: World, by: ByIdentity): Change[] =>
  result.identities.filter(isUnused).map((identity): Change => {
    const { account, arn, name, kind, lastUsed } = identity;
    const last = lastUsed === null ? 'no use is on record' : `it was last used on ${lastUsed.slice(0, 10)}`;
    return {
      key: `delete-identity/${arn}`,
      account,
      kind: 'delete-identity',
      what: `Delete ${noun(kind)} ${name}`,
      command: retiring(identity),
      policy: null,
      blast: {
        accounts: 1,
        identities: 1,
        used: 0,
        words: `nobody used it in ${rules.window.days} days: ${last}. The command takes its rights away until somebody misses it; deleting it is the step after`,
      },
      effects: effectsOf(rules.metrics, { before: by.whole(identity), after: {} }),
      closes: [arn],
    };
  });

const noun = (kind: IdentityRow['kind']): string =>
  kind === 'identity-center-role' ? 'the assignment behind role' : kind.includes('user') ? 'user' : 'role';

/** Takes every right away and can be taken back: a boundary that denies all. Roles of Identity Center are changed there alone. */
function retiring({ arn, name, account, kind }: IdentityRow): string {
  if (kind === 'identity-center-role')
    return `aws sso-admin list-permission-sets-provisioned-to-account --account-id ${account} --instance-arn INSTANCE_ARN`;
  const what = kind.includes('user') ? 'user' : 'role';
  const denyAll = `arn:${arn.split(':')[1] ?? 'aws'}:iam::aws:policy/AWSDenyAll`;
  return `aws iam put-${what}-permissions-boundary --${what}-name ${word(name)} --permissions-boundary ${denyAll}`;
}

/** Identities that are in use, or may be: what of their sensitive permissions nobody used goes, all else stays. */
export const reductions = ({ result, holders, rules }: World, by: ByIdentity): Change[] =>
  result.identities
    .filter((it) => isCounted(it.kind) && !it.tooNew && !isUnused(it))
    .flatMap((identity): Change[] => {
      const rows = by.permissionsOf(identity.arn);
      const kept = rows.filter((row) => countedAs(row, 'effective') !== 'unused');
      const taken = count(rows) - count(kept);
      if (taken === 0 || holders.get(identity.arn)?.nominalUnread !== null) return [];
      const { account, arn, name } = identity;
      return [
        {
          key: `take-back-permissions/${arn}`,
          account,
          kind: 'take-back-permissions',
          what: `Take ${taken} unused sensitive ${taken === 1 ? 'permission' : 'permissions'} back from ${name}`,
          command: `assay can ${word(arn)} --emit policy`,
          policy: null,
          blast: {
            accounts: 1,
            identities: 1,
            used: 0,
            words: `none of the ${taken} was used in ${rules.window.days} days; the other ${count(kept)} it holds stay`,
          },
          effects: effectsOf(rules.metrics, { before: by.rights(identity, rows), after: by.rights(identity, kept) }),
          closes: [],
        },
      ];
    });

/** Sensitive permissions that are held, effectively. */
const count = (rows: readonly { readonly effective: string; readonly actions: readonly string[] }[]): number =>
  rows.reduce((sum, { effective, actions }) => sum + (effective === 'denied' ? 0 : actions.length), 0);
