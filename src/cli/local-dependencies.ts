import { fileURLToPath } from 'node:url';
import { localObjectStore } from '../adapters/files/object-store.ts';
import { fileSigner } from '../adapters/files/signer.ts';
import { templatesOnDisk } from '../adapters/files/templates.ts';
import { chromiumPrinter } from '../adapters/pdf/printer.ts';
import { assertKeyContinues } from '../evidence/seal-night.ts';
import type { Dependencies, Settings } from '../pipeline/dependencies.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';

export interface LocalWorld {
  readonly root: string;
  readonly settings: Settings;
  readonly readers: AwsReaders;
  /** Live answers need real pauses; recorded and simulated ones none. */
  readonly live: boolean;
}

/** The world of a night on this machine: a directory, a key file, a browser. */
export async function localDependencies({ root, settings, readers, live }: LocalWorld): Promise<Dependencies> {
  const [store, signer] = [localObjectStore(root), fileSigner()];
  await assertKeyContinues(store, signer); // a foreign archive is refused before anything is written into it
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
