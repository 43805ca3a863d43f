import { aiAudiences, aiServiceOf, outboundIssuer } from '../catalogue/ai-principals.ts';
import type { RoleFact } from '../domain/facts.ts';
import type { AgentWord } from '../domain/tables.ts';
import type { Condition } from '../iam/condition.ts';
import { PolicyError, parsePolicy } from '../iam/parse.ts';
import type { Policy, Statement } from '../iam/policy.ts';
import { coversAction } from '../iam/statement.ts';
import { matchesWildcard } from '../iam/wildcard.ts';

/** What a trust policy says of AI services. */
export interface Trust {
  readonly agent: AgentWord;
  /** Null where it could not be read. */
  readonly policy: Policy | null;
  /** AI service principals that it lets in, as written. */
  readonly services: readonly string[];
  /** AI audiences of web identity tokens that it accepts, or the issuer of AWS's own tokens. */
  readonly audiences: readonly string[];
}

/** Reads the trust policy of a role: an AI service that an Allow names, and nothing always denies, may act as it. */
export function trustOf({ trust, name }: Pick<RoleFact, 'trust' | 'name'>): Trust {
  const policy = trust.kind === 'known' ? parsed(trust.value, name) : null;
  if (policy === null) return { agent: 'unread', policy, services: [], audiences: [] };
  const services = named(policy).filter((service) => !isAlwaysDenied(policy, service));
  const audiences = [...new Set(policy.statements.flatMap(audiencesIn))].sort();
  return { agent: services.length + audiences.length > 0 ? 'yes' : 'no', policy, services, audiences };
}

function parsed(document: unknown, name: string): Policy | null {
  try {
    return parsePolicy(document, 'trust', name);
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

const assume = 'sts:assumerole';
const assumeByToken = 'sts:assumerolewithwebidentity';
/** Keys by which a statement for everyone can mean a service (IAM user guide, "Global condition keys"). */
const serviceName = 'aws:principalservicename';

function named({ statements }: Policy): string[] {
  const found = statements.filter((it) => it.effect === 'Allow' && coversAction(it, assume)).flatMap(servicesIn);
  return [...new Set(found)].sort();
}

/** AI services that a statement names: as principals, or where it names everyone, by a condition on the name of the service. */
function servicesIn({ principals, conditions }: Statement): string[] {
  if (principals === null) return [];
  const own = principals.service.filter((service) => aiServiceOf(service) !== null);
  if (!principals.everyone) return own;
  const asked = conditions.filter(({ key }) => key === serviceName || key === `${serviceName}slist`);
  return [...own, ...asked.flatMap(({ values }) => values).filter((service) => aiServiceOf(service) !== null)];
}

/** A Deny without conditions that names the service too. */
const isAlwaysDenied = ({ statements }: Policy, service: string): boolean =>
  statements.some(
    (it) =>
      it.effect === 'Deny' &&
      !it.notPrincipal &&
      it.conditions.length === 0 &&
      coversAction(it, assume) &&
      (it.principals === null ||
        it.principals.everyone ||
        it.principals.service.some((name) => sameName(name, service))),
  );

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Statements that let tokens for an AI service in, or those that AWS makes for principals of an account. */
function audiencesIn(statement: Statement): string[] {
  const { effect, principals, conditions } = statement;
  if (effect !== 'Allow' || principals === null || !coversAction(statement, assumeByToken)) return [];
  const issuers = principals.federated.filter((provider) => provider.endsWith(outboundIssuer));
  const asked = conditions.filter(({ key }) => key.endsWith(':aud')).flatMap(wantedBy);
  return [...issuers.map(() => `*${outboundIssuer}`), ...asked];
}

const wantedBy = ({ operator, values }: Condition): string[] =>
  operator === null || operator.negated
    ? []
    : aiAudiences.filter((audience) =>
        values.some(
          (value) => value !== '*' && (operator.wild ? matchesWildcard(value, audience) : value === audience),
        ),
      );

/** Whether every statement that lets such tokens in asks for some subjects only (`<issuer>:sub`). */
export function namesSubjects({ statements }: Policy): boolean {
  return statements
    .filter((statement) => audiencesIn(statement).length > 0)
    .every(({ conditions }) =>
      conditions.some(
        ({ key, operator, values, ifExists, set }) =>
          key.endsWith(':sub') &&
          operator !== null &&
          !operator.negated &&
          !ifExists &&
          set !== 'all' &&
          values.every((value) => !operator.wild || value.replaceAll('*', '') !== ''),
      ),
    );
}
