import type { Exception } from '../domain/exception.ts';
import type { GuardrailSettings } from '../domain/guardrail-settings.ts';
import type { SpecialNames } from '../domain/identity.ts';
import type { AccountId } from '../domain/ids.ts';
import type { ControlSettings } from '../judge/findings.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { PdfPrinter } from '../ports/pdf-printer.ts';
import type { Signer } from '../ports/signer.ts';
import type { Templates } from '../ports/templates.ts';
import type { ReportFormat } from '../reports/input.ts';
import type { Populations } from './last-night.ts';

/** What is set once for every night of an installation. */
export interface Settings {
  /** Name of the role to assume in each member account; null where the source needs none (a snapshot). */
  readonly readerRole: string | null;
  /** The account whose credentials Assay runs under; null where that is the management account, or nothing has to be assumed. */
  readonly own: { readonly account: AccountId; readonly partition: string } | null;
  readonly special: SpecialNames;
  readonly formats: readonly ReportFormat[];
  /** What is asked of resources, by control, where it is not what the control says. */
  readonly thresholds?: ControlSettings;
  /** What is asked of guardrails; absent = the defaults. */
  readonly guardrails?: GuardrailSettings;
  /** Findings that were agreed to be lived with; absent = none. */
  readonly exceptions?: readonly Exception[];
  /** Digests and versions that decide the result: code, catalogue, definitions, configuration, exceptions. Part of the run id. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The outside world as the pipeline sees it: every step gets all of it and uses what it needs. */
export interface Dependencies {
  readonly settings: Settings;
  readonly store: ObjectStore;
  readonly readers: AwsReaders;
  readonly signer: Signer;
  readonly templates: Templates;
  readonly pdf: PdfPrinter;
  pause(seconds: number): Promise<void>;
  /** How large accounts were when last measured, where that is not looked up in the archive: a replay takes it from the night's own plan. */
  readonly populations?: Populations;
  /** False once a task should ask no more: its time is nearly up, or somebody wants to stop. Absent = always. */
  readonly mayAsk?: () => boolean;
}
