interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/**
 * Names of the variables (and functions) that a parsed JSONata expression takes from outside.
 * A name bound anywhere in the expression counts as its own everywhere: enough to find a reference that nothing can meet.
 */
export function freeVariables(syntax: unknown): ReadonlySet<string> {
  const nodes = allNodes(syntax);
  const own = new Set(nodes.flatMap(namesBound));
  const read = nodes.filter((node) => node.type === 'variable' && node.value !== '').map((node) => String(node.value));
  return new Set(read.filter((name) => !own.has(name)));
}

function allNodes(part: unknown): Node[] {
  if (typeof part !== 'object' || part === null) return [];
  const below = Object.values(part).flatMap(allNodes);
  return Array.isArray(part) ? below : [part as Node, ...below];
}

// `$x := …`, `function($x)`, `list@$x` and `list#$x` (the index is a stage or a string on its step).
function namesBound(node: Node): readonly unknown[] {
  if (node.type === 'bind') return [nameOf(node['lhs'])];
  if (node.type === 'lambda') return (node['arguments'] as readonly unknown[]).map(nameOf);
  if (node.type === 'index') return [node.value];
  return [node['focus'], node['index']].filter((name) => typeof name === 'string');
}

function nameOf(node: unknown): unknown {
  return (node as Node).value;
}
