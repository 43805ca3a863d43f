import { type Condition, holds } from './condition.ts';
import { Context } from './context.ts';
import type { Statement } from './policy.ts';
import { variableIn } from './variables.ts';

/** Whether something holds in every request, in none, or in some. */
export type Truth = 'always' | 'never' | 'maybe';

/** What is known of every request of a principal: keys that it fixes, in lower case. All others are free. */
export class Knowledge {
  readonly #closed: readonly string[];
  readonly #fixed: ReadonlyMap<string, string | readonly string[]>;
  /** The fixed keys alone. */
  readonly context: Context;

  /** `closed`: beginnings of keys (in lower case) that no request carries beside the fixed ones. */
  constructor(fixed: Readonly<Record<string, string | readonly string[]>>, closed: readonly string[] = []) {
    this.#closed = closed;
    this.#fixed = new Map(Object.entries(fixed).map(([key, value]) => [key.toLowerCase(), value]));
    this.context = new Context(fixed);
  }

  isFixed(key: string): boolean {
    return this.#fixed.has(key) || this.#closed.some((beginning) => key.startsWith(beginning));
  }

  /** The same with more keys fixed by a question, and some absent; what the principal itself fixes stays. */
  fixing(more: Readonly<Record<string, readonly string[]>>, absent: readonly string[] = []): Knowledge {
    const own = Object.fromEntries(this.#fixed);
    const others = Object.entries(more).map(([key, values]) => [key.toLowerCase(), values]);
    return new Knowledge({ ...Object.fromEntries(others), ...own }, [
      ...this.#closed,
      ...absent.map((key) => key.toLowerCase()),
    ]);
  }

  /** The fixed keys with others added, as the context of one request. */
  with(others: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return { ...others, ...Object.fromEntries(this.#fixed) };
  }

  /** Whether a condition holds whatever the free keys are. */
  truthOf(condition: Condition, variables: boolean): Truth {
    if (!this.isFixed(condition.key)) return truthOfFree(condition);
    const open = variables && condition.values.some((value) => variablesIn(value).some((key) => !this.isFixed(key)));
    if (open) return 'maybe';
    return holds(condition, this.context, variables) ? 'always' : 'never';
  }

  /** Whether all conditions of a statement hold. */
  truthOfAll({ conditions, variables }: Pick<Statement, 'conditions' | 'variables'>): Truth {
    let truth: Truth = 'always';
    for (const condition of conditions) {
      const one = this.truthOf(condition, variables);
      if (one === 'never') return 'never';
      if (one === 'maybe') truth = 'maybe';
    }
    return truth;
  }
}

/** A condition on a key that requests may carry or not. Without a value to meet, none can meet it. */
function truthOfFree({ operator, values, set, ifExists }: Condition): Truth {
  if (operator === null)
    return new Set(values.map((value) => value.toLowerCase() === 'true')).size === 2 ? 'always' : 'maybe';
  if (operator.negated) return 'maybe';
  const orMissing = set === 'all' || ifExists; // holds where the key is missing as well
  if (values.length === 0 && !orMissing) return 'never';
  const anything = set !== 'any' && operator.name === 'StringLike' && values.some((value) => /^\*+$/.test(value));
  return orMissing && anything ? 'always' : 'maybe';
}

/** The keys of the policy variables in a text. */
export function variablesIn(text: string): string[] {
  const bodies = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, body = '']) => body);
  return bodies.filter((body) => !['*', '?', '$'].includes(body)).map((body) => variableIn(body).key);
}
