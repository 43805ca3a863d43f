import { plural } from '../reports/numbers.ts';
import { firstOf, nameOf } from './guardrail-words.ts';
import { printable } from './printable.ts';
import type { Emission } from './scp-emission.ts';

/** What was made, where it goes, and who is exempt. `dir` null: the documents themselves are printed. `unmeasured`: cells of unknown grade. */
export function emissionLines(
  { scps, spared, unplaced }: Emission,
  { dir, root, unmeasured }: { readonly dir: string | null; readonly root: string; readonly unmeasured: number },
): string[] {
  const unknown = unmeasured === 0 ? '' : `; ${plural(unmeasured, 'cell is', 'cells are')} not measured`;
  if (scps.length === 0 && unplaced.length === 0) return ['', `no gap that an SCP could close was found${unknown}`];
  return [
    '',
    `${scps.length} ${scps.length === 1 ? 'SCP closes' : 'SCPs close'} the gaps${dir === null ? '' : `, written to ${dir}`}:`,
    ...scps.flatMap(({ name, document, targets, characters }) => [
      `  ${name}: ${characters} characters, ${firstOf(
        document.Statement.map(({ Sid }) => Sid),
        12,
      )}`,
      ...(dir === null ? [`    ${JSON.stringify(document)}`] : []),
      `    to attach to ${firstOf(
        targets.map((it) => (it === 'root' ? root : it)),
        8,
      )}`,
    ]),
    ...unplaced.map(({ target, guardrail, why }) => `  left open: ${guardrail} on ${target}: ${why}`),
    ...sparedLines(spared),
  ];
}

function sparedLines(spared: Emission['spared']): string[] {
  if (spared.length === 0) return ['  nobody is exempt'];
  const alike = Map.groupBy(spared, ({ guardrail }) => guardrail);
  return [
    '  exempt, because they used it in the window (where AWS tracks no more: its service):',
    ...[...alike].map(([guardrail, group]) => {
      const who = group.map(({ account, principal }) => `${account} ${nameOf(principal)}`);
      return `    ${guardrail}: ${firstOf(who, 8)}`;
    }),
  ];
}

/** The commands that make and attach what was made; its own user runs them. */
export function attachCommands({ scps }: Pick<Emission, 'scps'>, dir: string, root: string): string[] {
  return scps.flatMap(({ name, targets }) => [
    `aws organizations create-policy --type SERVICE_CONTROL_POLICY --name ${name} --description 'closes gaps found by assay' --content ${quoted(`file://${dir}/${name}.json`)}`,
    ...targets.map(
      (target) =>
        `aws organizations attach-policy --policy-id <its id> --target-id ${target === 'root' ? root : target}`,
    ),
  ]);
}

const quoted = (text: string): string => `'${printable(text).replaceAll("'", "'\\''")}'`;
