// Rules of composite alarms (CloudWatch user guide, "Create a composite alarm"): ALARM(x), OK(x), INSUFFICIENT_DATA(x), TRUE, FALSE, AND, OR,
// NOT and parentheses, x being the name or the ARN of an alarm, in quotation marks or bare. AT_LEAST and what AWS adds later are not judged.

/** A rule whose value is not known yet depends on the other alarms. */
type Value = boolean | null;
type Rule = (isInAlarm: Value) => Value;

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s()"']+))\s*\)|(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b))/y;

/** One word of a rule: a state of an alarm, or an operator, bracket or constant. */
type Token = { readonly state: string; readonly of: string } | string;

/**
 * Whether a composite alarm goes off because the alarm `name` does, whatever the others do. Null: it names the alarm, but other alarms
 * decide as well, or the rule cannot be read. What only waits for the alarm to be quiet (`NOT ALARM("x")`, `OK("x")`) does not ask for it.
 */
export function goesOffWith(rule: string, name: string): Value {
  const tokens = tokensOf(rule);
  const parsed = tokens === null ? null : new Parser(tokens, name).whole();
  if (parsed === null) return mentions(rule, name) ? null : false;
  const [quiet, alarmed] = [parsed(false), parsed(true)];
  if (alarmed === false || quiet === true) return false;
  if (alarmed === true) return true;
  return asksPositively(tokens ?? [], name) ? null : false;
}

function tokensOf(rule: string): Token[] | null {
  const text = rule.trimEnd();
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const found = token.exec(text);
    if (found === null) return null;
    const [, state, quoted, single, bare, word = ''] = found;
    tokens.push(
      state === undefined ? word : { state, of: nameOf(quoted?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '') },
    );
  }
  return tokens;
}

/** The name in an alarm's ARN; a name stays. */
const nameOf = (said: string): string => /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/s.exec(said)?.[1] ?? said;

/** In a rule that cannot be read: the name as a whole word, so that `cpu-ai-high` does not name `ai`. */
function mentions(rule: string, name: string): boolean {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(^|["'(:\\s])${escaped}($|["')\\s])`).test(rule);
}

/** Whether the alarm's going off is asked for under an even number of NOTs: only then may it be what sets the rule off. */
function asksPositively(tokens: readonly Token[], name: string): boolean {
  const negated: boolean[] = [false];
  let flip = false;
  for (const it of tokens) {
    const above = negated.at(-1) === true;
    if (it === 'NOT') flip = !flip;
    else if (it === '(') negated.push(above !== flip);
    else if (it === ')') negated.pop();
    else if (typeof it !== 'string' && it.state === 'ALARM' && it.of === name && above === flip) return true;
    if (it !== 'NOT') flip = false;
  }
  return false;
}

const not = (value: Value): Value => (value === null ? null : !value);
const every = (values: readonly Value[]): Value => {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
};
const some = (values: readonly Value[]): Value => not(every(values.map(not)));

/** NOT binds closest, then AND, then OR. Every step gives null where the rule is not what it should be. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #name: string;
  #at = 0;

  constructor(tokens: readonly Token[], name: string) {
    this.#tokens = tokens;
    this.#name = name;
  }

  whole(): Rule | null {
    const rule = this.#either();
    return this.#at === this.#tokens.length ? rule : null;
  }

  #either(): Rule | null {
    return this.#joined('OR', () => this.#joined('AND', () => this.#one(), every), some);
  }

  #joined(word: string, next: () => Rule | null, join: (values: readonly Value[]) => Value): Rule | null {
    const parts = [next()];
    while (this.#take(word)) parts.push(next());
    const rules = parts.filter((part) => part !== null);
    return rules.length < parts.length ? null : (isInAlarm) => join(rules.map((rule) => rule(isInAlarm)));
  }

  #one(): Rule | null {
    if (this.#take('NOT')) {
      const rule = this.#one();
      return rule === null ? null : (isInAlarm) => not(rule(isInAlarm));
    }
    if (this.#take('(')) {
      const rule = this.#either();
      return this.#take(')') ? rule : null;
    }
    const it = this.#tokens[this.#at];
    this.#at += 1;
    if (it === 'TRUE' || it === 'FALSE') return () => it === 'TRUE';
    return it === undefined || typeof it === 'string' ? null : this.#state(it);
  }

  /** An alarm that is in ALARM is in no other state; one that is not may be in either of the two others. */
  #state({ state, of }: Exclude<Token, string>): Rule {
    if (of !== this.#name) return () => null;
    return state === 'ALARM' ? (isInAlarm) => isInAlarm : (isInAlarm) => (isInAlarm === true ? false : null);
  }

  #take(word: string): boolean {
    const isThere = this.#tokens[this.#at] === word;
    if (isThere) this.#at += 1;
    return isThere;
  }
}
