import type { AccountChanges, Change, ChangeKind } from '../domain/action-table.ts';
import { allKeys, keyChanges, retirements } from './credentials.ts';
import { addEffects } from './effect.ts';
import { deletions, reductions } from './identities.ts';
import { recordings, tellings } from './logging.ts';
import { fencesOf, scpChanges } from './scps.ts';
import { ByIdentity, type World } from './world.ts';

/**
 * What a person could change in one account, each change tried on the rows of the night: applied, and counted again by the figures
 * themselves (docs/actions.md). Pure.
 */
export function accountChanges(world: World): AccountChanges {
  const by = new ByIdentity(world);
  const changes = [
    ...deletions(world, by),
    ...reductions(world, by),
    ...keyChanges(world, by),
    ...retirements(world, by),
    ...scpChanges(world),
    ...recordings(world),
    ...tellings(world),
  ];
  return { changes, together: together(world, by, changes), fences: fencesOf(world) };
}

/** Changes of most kinds touch different items, so that their effects add up; keys of one user touch the same. */
function together(world: World, by: ByIdentity, changes: readonly Change[]): AccountChanges['together'] {
  const own = changes.filter(({ account }) => account !== 'organization');
  return [...Map.groupBy(own, ({ kind }) => kind)].map(([kind, alike]: [ChangeKind, readonly Change[]]) => ({
    kind,
    effects: kind === 'deactivate-ai-key' ? allKeys(world, by) : addEffects(alike.map(({ effects }) => effects)),
  }));
}
