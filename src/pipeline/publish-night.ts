import type { Night } from '../domain/night.ts';
import type { Seal } from '../domain/seal.ts';
import { dtOf, readChain } from '../evidence/chain.ts';
import { audiences } from '../reports/input.ts';
import { type PortalNight, renderPortal, renderRedirect } from '../reports/portal.ts';
import type { Dependencies } from './dependencies.ts';
import { reportFolder } from './keys.ts';
import { failedWeek } from './seal-failed-night.ts';
import type { SealReceipt } from './seal-night.ts';
import { fromJson, toJson } from './stored.ts';

export interface PublishNightInput {
  readonly night: Night;
  readonly seal: SealReceipt;
}

export interface PublishNightOutput {
  readonly kind: string;
  readonly cause: string;
  readonly published: readonly string[];
}

const nightsListed = 60;

/** Writes the portal index and the pointers under `latest/`: the only mutable files, and they hold no figure of their own. */
export async function publishNight(
  { night, seal: receipt }: PublishNightInput,
  { store, templates }: Dependencies,
): Promise<PublishNightOutput> {
  const bytes = await store.get('archive', receipt.key);
  if (bytes === undefined) throw new Error(`${receipt.key} is not in the archive`);
  const seal = fromJson<Seal>(bytes);
  const chain = await readChain(store);
  const nights = chain
    .map(({ seal: it, digest }) => portalNight(it, digest))
    .toReversed()
    .slice(0, nightsListed);
  const files = new Map([
    ['index.html', renderPortal(nights, templates)],
    [`latest/${night.kind}.json`, toJson({ run: night.run, dt: night.dt, seal: receipt, reports: seal.reports })],
    ...seal.reports
      .filter(({ status }) => status === 'rendered')
      .map(({ audience, format }) => latest(night, audience, format)),
  ]);
  for (const [key, content] of files) await store.put('portal', key, content);
  return {
    kind: receipt.kind,
    cause: seal.failure === null ? '' : failureText(seal.failure),
    published: [...files.keys()],
  };
}

/** A small page that leads to the newest document: a pointer, not a copy. */
function latest(
  night: Night,
  audience: (typeof audiences)[number],
  format: 'html' | 'pdf',
): readonly [string, Uint8Array] {
  const target = `../${reportFolder(night, audience)}${format === 'html' ? 'index.html' : 'report.pdf'}`;
  const name = night.kind === 'week' ? `week-${audience}` : audience;
  return [`latest/${name}${format === 'html' ? '' : '-pdf'}.html`, renderRedirect(target)];
}

function portalNight(seal: Seal, digest: string): PortalNight {
  const folder = (audience: string): string =>
    reportFolder({ dt: dtOf(seal.clock), run: seal.run as Night['run'] }, audience);
  return {
    run: seal.run,
    seq: seal.seq,
    digest,
    kind: seal.kind,
    week: seal.kind === 'week' || seal.scope === failedWeek,
    clock: seal.clock,
    scope: seal.input.source === 'simulator' ? `${seal.scope}, simulated` : seal.scope,
    accounts: seal.completeness,
    failure: seal.failure === null ? null : failureText(seal.failure),
    documents: audiences.map((audience) => ({
      audience,
      links: seal.reports
        .filter((report) => report.audience === audience)
        .map(({ format, status, reason }) => ({
          format,
          href: status === 'rendered' ? `${folder(audience)}${format === 'html' ? 'index.html' : 'report.pdf'}` : null,
          reason,
        })),
    })),
  };
}

/** The cause names the error already where the workflow wrapped it. */
const failureText = ({ error, cause }: NonNullable<Seal['failure']>): string =>
  cause.startsWith(error) ? cause : `${error}: ${cause}`;
