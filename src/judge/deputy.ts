import { aiServiceOf } from '../catalogue/ai-principals.ts';
import type { DeputyGrade } from '../domain/tables.ts';
import { type Value, valuesOf } from '../guardrails/values.ts';
import { arnPart } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import { evaluate } from '../iam/evaluate.ts';
import type { Holder } from '../iam/holder.ts';
import { variablesIn } from '../iam/knowledge.ts';
import type { Policy } from '../iam/policy.ts';
import { requestOf } from '../iam/request.ts';
import { coversAction } from '../iam/statement.ts';
import { matchesWildcard } from '../iam/wildcard.ts';

// Cross-service confused deputy (IAM user guide, "The confused deputy problem"): a service acts as a role for whoever configured it, and says
// for whom in `aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID` and `aws:SourceOrgPaths`.

/** A role as its trust policy and the RCPs over it open it. */
export interface OpenedRole {
  readonly arn: string;
  readonly account: string;
  readonly trust: Policy;
  readonly rcps: Holder['rcps'];
  /** Null = in no organisation; undefined = not known. */
  readonly organization: string | null | undefined;
}

/** A request of a service that gets through, as `assay evaluate` takes it. */
export interface DeputyWitness {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, string | string[]>;
}

/** On whose behalf a service may act as a role. */
export interface Deputy {
  readonly grade: DeputyGrade;
  /** A request on behalf of somebody outside the account; null where the own account alone gets through. */
  readonly witness: DeputyWitness | null;
  /** Whether a request that names no source gets through. */
  readonly sourceless: boolean;
}

const action = 'sts:AssumeRole';
const keys = {
  account: 'aws:sourceaccount',
  arn: 'aws:sourcearn',
  organization: 'aws:sourceorgid',
  paths: 'aws:sourceorgpaths',
} as const;
const isSource = (key: string): boolean => Object.values(keys).some((it) => it === key);
/** An account, and an organisation, that no policy names. */
const stranger = '909090909090';
const otherOrganization = 'o-zq7stranger';

/** Contexts that are tried for one source. */
const patience = 4_096;

/** Judges a role and a service by requests on behalf of others, the widest first; a request without a source is told apart. */
export function deputyOf(role: OpenedRole, service: string): Deputy {
  const asked = new Asked(role, service);
  const sourceless = asked.witnessOf([{}]).witness !== null;
  for (const [grade, sources] of worlds(asked)) {
    const { witness, searched } = asked.witnessOf(sources);
    if (witness !== null) return { grade, witness, sourceless };
    if (!searched) return { grade: 'not-measured', witness: null, sourceless };
  }
  // What an organisation condition lets through is not known where the organisation is not.
  const unknown = role.organization === undefined && asked.conditions.some(asksForOrganization);
  return { grade: unknown ? 'not-measured' : 'own-account', witness: null, sourceless };
}

const asksForOrganization = ({ key, values }: Condition): boolean =>
  [key, ...values.flatMap(variablesIn)].some((it) => /^aws:(source|resource)org/.test(it));

type Source = Readonly<Record<string, Value>>;

/** Sources by how far they reach; a later one is only tried where no earlier one gets through. */
function worlds(asked: Asked): (readonly [DeputyGrade, Source[]])[] {
  const { organization } = asked.role;
  const own = organization ?? null;
  const outside: Source[] = [
    {},
    { [keys.organization]: otherOrganization, [keys.paths]: [`${otherOrganization}/r-zq7/ou-zq7/`] },
  ];
  const inside =
    own === null ? [] : asked.pathsIn(own).map((path) => ({ [keys.organization]: own, [keys.paths]: [path] }));
  const elsewhere = asked
    .organizations()
    .filter((id) => id !== own)
    .flatMap((id) => asked.pathsIn(id).map((path) => ({ [keys.organization]: id, [keys.paths]: [path] })));
  const of = (accounts: readonly string[], organizations: readonly Source[]): Source[] =>
    accounts.flatMap((account) =>
      organizations.flatMap((it) =>
        asked.arnsOf(account).map((arn) => ({ ...it, [keys.account]: account, [keys.arn]: arn })),
      ),
    );
  const { literal, patterned } = asked.accounts();
  return [
    ['any-account', of([stranger, ...patterned], outside)],
    ['named-accounts', [...of(literal, outside), ...of([stranger, ...literal], elsewhere)]],
    ['organization', of([stranger], inside)],
    ['named-accounts', of(literal, inside)],
  ];
}

/** What speaks on a service that asks for a role. */
class Asked {
  readonly role: OpenedRole;
  readonly service: string;
  readonly conditions: readonly Condition[];
  readonly #fixed: Readonly<Record<string, Value>>;

  constructor(role: OpenedRole, service: string) {
    this.role = role;
    this.service = service;
    const { organization } = role;
    const policies = [role.trust, ...role.rcps.flat()];
    this.conditions = policies
      .flatMap(({ statements }) => statements.filter((it) => coversAction(it, action.toLowerCase())))
      .flatMap(({ conditions }) => conditions);
    this.#fixed = {
      'aws:principalisawsservice': 'true',
      'aws:principalservicename': service,
      'aws:principalservicenameslist': [service],
      'aws:resourceaccount': role.account,
      ...(organization == null ? {} : { 'aws:resourceorgid': organization }),
    };
  }

  /** A request of one of some sources that gets through, over all values of the keys that are free. `searched`: whether all were tried. */
  witnessOf(sources: readonly Source[]): { readonly witness: DeputyWitness | null; readonly searched: boolean } {
    const free = this.#freeKeys();
    const size = free.reduce((all, [, values]) => all * values.length, 1);
    for (const source of sources)
      for (let number = 0; number < Math.min(size, patience); number++) {
        const context = { ...contextAt(free, number), ...source, ...this.#fixed };
        if (this.#allows(context)) return { witness: this.#witness(context), searched: true };
      }
    return { witness: null, searched: size <= patience };
  }

  #allows(context: Source): boolean {
    const { arn, account, trust, rcps } = this.role;
    const request = requestOf({ principal: this.service, action, resource: arn, resourceAccount: account, context });
    const layers = { identity: [], boundary: null, session: null, resource: trust, scps: [], rcps };
    return evaluate(request, layers).decision === 'Allowed';
  }

  #witness(context: Source): DeputyWitness {
    const carried = Object.entries(context).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === 'string' ? value : [...value]] as const],
    );
    return { principal: this.service, action, resource: this.role.arn, context: Object.fromEntries(carried) };
  }

  /** Keys of conditions that neither the service nor the source fixes; a service is no principal of an account. */
  #freeKeys(): [string, readonly Value[]][] {
    const free = Map.groupBy(
      this.conditions.filter(
        ({ key }) => !isSource(key) && !(key in this.#fixed) && !/^aws:(principal|resourceorg)/.test(key),
      ),
      ({ key }) => key,
    );
    return [...free].map(([key, conditions]) => [key, valuesOf(key, conditions, (value) => this.#filled(value))]);
  }

  #valuesOf(key: string): string[] {
    return this.conditions.filter((it) => it.key === key).flatMap(({ values }) => values.map((it) => this.#filled(it)));
  }

  /** A value with its variables as this request fills them. */
  #filled(value: string): string {
    return value.replace(/\$\{([^},]+)[^}]*\}/g, (_, key: string) => {
      const known = this.#fixed[key.trim().toLowerCase()];
      return typeof known === 'string' ? known : '*';
    });
  }

  /** Accounts that conditions name, one by one or by a pattern; not the own one. */
  accounts(): { readonly literal: readonly string[]; readonly patterned: readonly string[] } {
    const inArns = this.#valuesOf(keys.arn).map((value) => arnPart(value, 4));
    const all = [...new Set([...this.#valuesOf(keys.account), ...inArns])];
    const patterns = all.filter((text) => /[*?]/.test(text));
    return {
      literal: all.filter((text) => /^\d{12}$/.test(text) && text !== this.role.account),
      patterned: patterns.flatMap(accountsMatching).filter((it) => it !== this.role.account),
    };
  }

  organizations(): string[] {
    const ids = [
      ...this.#valuesOf(keys.organization),
      ...this.#valuesOf(keys.paths).map((path) => path.split('/')[0] ?? ''),
    ];
    return [...new Set(ids)].filter((id) => /^o-[a-z0-9]+$/.test(id));
  }

  /** Paths of an organisation: those that conditions name, and one that none does. */
  pathsIn(organization: string): string[] {
    const named = this.#valuesOf(keys.paths)
      .filter((pattern) => matchesWildcard(pattern.split('/')[0] ?? '', organization))
      .map((pattern) =>
        [organization, ...pattern.split('/').slice(1)].join('/').replaceAll('*', 'zq7/').replaceAll('?', 'z'),
      );
    return [...new Set([`${organization}/r-zq7/ou-zq7/`, ...named])];
  }

  /** ARNs of an account that conditions name or not; undefined = the service names none. */
  arnsOf(account: string): (string | undefined)[] {
    const service = aiServiceOf(this.service) ?? this.service;
    const named = this.#valuesOf(keys.arn).flatMap((pattern) => arnMatching(pattern, service, account));
    return [`arn:aws:${service}:us-east-1:${account}:zq7/zq7`, undefined, ...new Set(named)];
  }
}

function contextAt(free: readonly (readonly [string, readonly Value[]])[], number: number): Source {
  let rest = number;
  const context: Record<string, Value> = {};
  for (const [key, values] of free) {
    context[key] = values[rest % values.length];
    rest = Math.floor(rest / values.length);
  }
  return context;
}

/** An account that a pattern names, beside the stranger. */
function accountsMatching(pattern: string): string[] {
  const digits = pattern.replaceAll('?', '7');
  const missing = 12 - digits.replaceAll('*', '').length;
  const made = digits.replace('*', '7'.repeat(Math.max(0, missing))).replaceAll('*', '');
  return /^\d{12}$/.test(made) ? [made] : [];
}

/** An ARN of an account that a pattern names, where there is one. */
function arnMatching(pattern: string, service: string, account: string): string[] {
  const parts = pattern.split(':');
  if (parts.length < 6) return spanning(pattern, service, account);
  const owner = parts[4] ?? '';
  if (owner !== '' && !matchesWildcard(owner, account)) return [];
  const made = parts.map((part, at) =>
    at === 4 && owner !== '' ? account : at === 3 && part === '*' ? 'us-east-1' : part,
  );
  return [made.join(':').replaceAll('*', 'zq7').replaceAll('?', 'z')];
}

/** A pattern of a text operator whose `*` runs over the parts of an ARN: `arn:aws:bedrock:*`. */
function spanning(pattern: string, service: string, account: string): string[] {
  const star = pattern.indexOf('*');
  if (star < 0) return [];
  const begun = pattern.slice(0, star).split(':');
  const usual = ['arn', 'aws', service, 'us-east-1', account];
  const head = usual.map((part, at) => {
    const given = begun[at];
    if (given === undefined) return part;
    return at < begun.length - 1 ? given : part.startsWith(given) ? part : `${given}zq7`;
  });
  const tail = pattern
    .slice(star + 1)
    .replaceAll('*', '')
    .replaceAll('?', 'z');
  return [`${head.join(':')}:zq7/zq7${tail}`, `${head.join(':')}:${tail}`];
}
