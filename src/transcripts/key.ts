import { isOperation, operations } from '../catalogue/operations.ts';

/**
 * What makes two calls the same call: operation, and the input without page sizes and without regard to the order of keys and of
 * arrays (design §2). A paging token stays in: it selects its own answer.
 */
export function callKey(operation: string, input: Readonly<Record<string, unknown>>): string {
  const pageSize = isOperation(operation) ? operations[operation].pageSize : []; // a line of our own, such as a recorded gap
  const telling = Object.entries(input).filter(([key, value]) => value !== undefined && !pageSize.includes(key));
  return `${operation} ${stable(Object.fromEntries(telling))}`;
}

/** JSON with sorted keys and sorted arrays: equal for inputs that ask the same. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).sort().join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${stable(item)}`)
    .join(',')}}`;
}
