import { fileURLToPath } from 'node:url';
import { localObjectStore } from '../adapters/files/object-store.ts';
import { defaultKeyPath, fileSigner } from '../adapters/files/signer.ts';
import { templatesOnDisk } from '../adapters/files/templates.ts';
import { chromiumPrinter } from '../adapters/pdf/printer.ts';
import type { InputSource } from '../domain/night.ts';
import { assertKeyContinues } from '../evidence/seal-night.ts';
import type { Dependencies, Settings } from '../pipeline/dependencies.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { assertSameWorld, asUsage, openOutputDir } from './output-dir.ts';

export interface LocalWorld {
  readonly root: string;
  readonly settings: Settings;
  readonly readers: AwsReaders;
  readonly source: InputSource;
  /** Live answers need real pauses; recorded and simulated ones none. */
  readonly live: boolean;
}

/** The world of a night on this machine: a directory, a key file, a browser. */
export async function localDependencies({ root, settings, readers, source, live }: LocalWorld): Promise<Dependencies> {
  const [store, signer] = [localObjectStore(root), fileSigner()];
  openOutputDir(root);
  await signer.publicKeyPem().catch((error: unknown) => {
    throw asUsage(error, `the sealing key \`${defaultKeyPath()}\` cannot be read or made`);
  });
  await assertKeyContinues(store, signer);
  await assertSameWorld(store, source, root);
  return {
    settings,
    store,
    readers,
    signer,
    templates: templatesOnDisk({ templates: fileURLToPath(new URL('../../templates', import.meta.url)) }),
    pdf: chromiumPrinter(),
    pause: live ? (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)) : async () => {},
  };
}
