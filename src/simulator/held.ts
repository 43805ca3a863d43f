import type {
  PolicyDocument,
  SimulatedAccount,
  SimulatedGrants,
  SimulatedRole,
  SimulatedUser,
} from './organization.ts';

// Which policies an identity holds, and which actions they name: enough for last-accessed reports and for a table to read. No engine:
// denials, conditions, boundaries and the organisation's policies are not looked at, as AWS does not look at them in a report either.

export interface HeldPolicy {
  /** `managed`, `inline`, or of a group: `people/managed`. */
  readonly through: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

/** All identity policies of a user or role: attached, inline, and those of the user's groups. */
export function policiesHeld(account: SimulatedAccount, identity: SimulatedUser | SimulatedRole): HeldPolicy[] {
  const groups = 'groups' in identity ? identity.groups : [];
  return [
    ...granted(account, identity, ''),
    ...groups.flatMap((name) => {
      const group = account.groups.find((candidate) => candidate.name === name);
      if (group === undefined) throw new TypeError(`no group \`${name}\` in ${account.name}`);
      return granted(account, group, `${name}/`);
    }),
  ];
}

function granted(account: SimulatedAccount, { attached, inline }: SimulatedGrants, prefix: string): HeldPolicy[] {
  const managed = attached.flatMap((arn) => {
    const policy = account.policies.find((candidate) => candidate.arn === arn);
    return policy === undefined ? [] : [{ through: `${prefix}managed`, name: policy.name, document: policy.document }];
  });
  const own = Object.entries(inline).map(([name, document]) => ({ through: `${prefix}inline`, name, document }));
  return [...managed, ...own];
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Whether an allowing statement of the policies names an action; `service:` alone asks for any action of the service. */
export function names(policies: readonly HeldPolicy[]): (action: string) => boolean {
  const statements = policies.flatMap(({ document }) => [document['Statement']].flat() as Statement[]);
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow');
  const named = allowing.flatMap(({ Action = [] }) => list(Action)).map(pattern);
  const leftOut = allowing.flatMap(({ NotAction }) => (NotAction === undefined ? [] : [list(NotAction).map(pattern)]));
  return (action) =>
    named.some((it) => it.hits(action)) || leftOut.some((patterns) => !patterns.some((it) => it.hitsWhole(action)));
}

/** An action pattern; it hits a service when it hits any action of it, and the whole of it when all of them. */
function pattern(text: string): { hits(action: string): boolean; hitsWhole(action: string): boolean } {
  const glob = new RegExp(`^${text.split('*').map(escaped).join('.*')}$`, 'i');
  const service = text.slice(0, text.indexOf(':') + 1);
  const isService = (action: string): boolean => action.endsWith(':');
  return {
    hits: (action) => (isService(action) ? text === '*' || service === action : glob.test(action)),
    hitsWhole: (action) => (isService(action) ? text === '*' || text === `${action}*` : glob.test(action)),
  };
}

const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&');
