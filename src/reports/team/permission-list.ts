import { sensitiveClasses, sensitivePermissions } from '../../catalogue/sensitive/index.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { integer } from '../numbers.ts';
import { allWays, classTitle, listWords } from '../sensitive.ts';

/** The list behind the figures, whole: each permission with its reason once, each way to more rights spelt out. */
export interface PermissionListView {
  readonly title: string;
  readonly home: string;
  readonly words: string;
  readonly classes: readonly { readonly title: string; readonly meaning: string; readonly count: string }[];
  readonly permissions: readonly { readonly action: string; readonly classes: string; readonly reason: string }[];
  readonly ways: readonly {
    readonly title: string;
    readonly path: string;
    readonly sets: readonly { readonly id: string; readonly needs: string }[];
  }[];
}

export function permissionListView(summary: NightSummary): PermissionListView {
  return {
    title: 'Sensitive permissions and ways to more rights',
    home: '../index.html',
    words: `The figures of this night were counted over ${listWords(summary)}.`,
    classes: sensitiveClasses.map(({ id, title, meaning }) => ({
      title,
      meaning,
      count: integer(sensitivePermissions.filter(({ classes }) => classes.includes(id)).length),
    })),
    permissions: sensitivePermissions.map(({ action, classes, reason }) => ({
      action,
      classes: classes.map(classTitle).join(', '),
      reason,
    })),
    ways: allWays.map(({ title, path, sets }) => ({
      title,
      path,
      sets: sets.map(({ id, needs }) => ({ id, needs: needs.join(', ') })),
    })),
  };
}
