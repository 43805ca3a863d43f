import type { WorkflowEvent } from '../workflow/surroundings.ts';
import type { Io } from './io.ts';

/** What a person reads while a state runs. */
const labels: Readonly<Record<string, string>> = {
  ClaimNight: 'claiming the night',
  DiscoverOrganization: 'discovering the organisation',
  MeasureAccounts: 'measuring accounts',
  MergeBatches: 'merging results',
  RenderReports: 'rendering reports',
  SealNight: 'sealing the evidence',
  PublishNight: 'publishing',
  SealFailedNight: 'sealing a failed night',
};

/** Writes progress to `err`: one redrawn line on a terminal, one line per stage elsewhere. */
export function progressTo(io: Io, quiet: boolean): { onEvent(event: WorkflowEvent): void; end(): void } {
  if (quiet) return { onEvent: () => {}, end: () => {} };
  let [items, finished] = [0, 0];
  const show = (text: string, redraw: boolean): void => {
    if (io.live) io.err(`\r\u001b[K${text}`);
    else if (!redraw) io.err(`${text}\n`);
  };
  return {
    onEvent(event) {
      const label = labels[event.path];
      if (event.kind === 'state-entered' && label !== undefined) show(`… ${label}`, false);
      if (event.kind === 'map-started' && event.path === 'MeasureAccounts') items = event.items;
      if (event.kind === 'item-finished' && event.path === 'MeasureAccounts')
        show(`… measuring accounts ${++finished} of ${items}`, finished < items);
    },
    end: () => {
      if (io.live) io.err('\r\u001b[K');
    },
  };
}
