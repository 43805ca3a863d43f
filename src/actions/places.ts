import type { OrganizationalUnit } from '../domain/night.ts';

/** Accounts where a guardrail does not hold, and where it holds but for principals that a policy names. */
export interface Fenced {
  readonly open: number;
  readonly kept: number;
}

/** The node above all others. */
export const rootNode = 'root';

/**
 * Where to attach an SCP: as high as nobody below keeps what it takes, and no higher than what is open asks for. In words, by the names of
 * the units.
 */
export function placesOf(nodes: ReadonlyMap<string, Fenced>, ous: readonly OrganizationalUnit[]): string | null {
  const at = (node: string): Fenced => nodes.get(node) ?? { open: 0, kept: 0 };
  const total = at(rootNode).open;
  if (total === 0) return null;
  const childrenOf = (node: string) => ous.filter(({ parent }) => (parent ?? rootNode) === node);
  const chosen: string[] = [];
  const visit = (node: string): void => {
    const { open, kept } = at(node);
    if (open === 0) return;
    const below = childrenOf(node).map(({ id }) => id);
    const only = below.find((id) => at(id).open === open);
    if (only !== undefined) visit(only);
    else if (kept === 0) chosen.push(node);
    else for (const id of below) visit(id);
  };
  visit(rootNode);
  const covered = chosen.reduce((sum, node) => sum + at(node).open, 0);
  const nameOf = (node: string): string =>
    node === rootNode ? 'the root' : `unit ${ous.find(({ id }) => id === node)?.name ?? node}`;
  const rest = total - covered;
  const alone = rest === 0 ? [] : [`${rest} ${rest === 1 ? 'account' : 'accounts'} one by one`];
  return [...chosen.map(nameOf), ...alone].join(', ');
}
