import type { NightSummary } from '../../domain/summary.ts';
import { className } from '../charts/matrix.ts';
import { type FigureView, figureView } from '../figures.ts';
import { integer, plural } from '../numbers.ts';
import { agentsPath, forwardingPath } from './register-pages.ts';

/** What page one says of agents, and of where recorded AI events go; the registers have pages of their own. */
export interface AgentsView {
  readonly title: string;
  readonly words: string;
  readonly href: string | null;
  readonly figures: readonly { readonly name: string; readonly figure: FigureView }[];
  readonly forwarding: {
    readonly title: string;
    readonly href: string | null;
    readonly figure: FigureView;
    readonly classes: readonly { readonly name: string; readonly words: string }[];
  };
}

export function agentsView(summary: NightSummary, linked: boolean): AgentsView {
  const { agents } = summary;
  const figure = (id: string, what: string, scope?: string): FigureView =>
    figureView(summary, { id, what, ...(scope === undefined ? {} : { scope }) });
  const least = agents.accountsNotMeasured > 0 || agents.rolesUnread > 0 ? 'At least ' : '';
  const monitored = figure('logging.ai-monitored-rate', 'Recorded AI event classes that somebody is told of');
  return {
    title: `${least}${plural(agents.roles, 'role')} that AI services act as`,
    words: [
      `${integer(agents.rolesForOthers)} let a service act on behalf of others outside the organisation`,
      `${plural(agents.takeovers, 'identity', 'identities')} can change what agents do, ${integer(agents.takeoversUnowned)} of them agents they do not own${agents.takeoversUnread > 0 ? ` (${integer(agents.takeoversUnread)} not measured)` : ''}`,
      `${plural(agents.workspaces, 'workspace')} of Claude Platform seen, ${integer(agents.workspacesOpen)} without a fence that is known to hold`,
      ...(agents.accountsNotMeasured > 0
        ? [`${plural(agents.accountsNotMeasured, 'account')} whose roles or workspaces were not all listed`]
        : []),
    ].join('; '),
    href: linked ? agentsPath : null,
    figures: [
      {
        name: 'Agent roles that serve outsiders',
        figure: figure('agent.confused-deputy-rate', 'Agent roles that serve outsiders'),
      },
      {
        name: 'Who changes agents they do not own',
        figure: figure('agent.takeover-rate', 'Who changes agents they do not own'),
      },
    ],
    forwarding: {
      title: 'Forwarded, not only stored',
      href: linked ? forwardingPath : null,
      figure: monitored,
      classes: summary.forwarding.map(({ eventClass, accounts }) => ({
        name: className(eventClass),
        words: Object.entries(accounts)
          .filter(([, count]) => count > 0)
          .map(([grade, count]) => `${grade.replaceAll('-', ' ')} in ${integer(count)}`)
          .join(', '),
      })),
    },
  };
}
