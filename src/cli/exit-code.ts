/** What a command's end means to a script (design §7). A gap and a threshold are told apart: a scheduler must not redo a good night. */
export const ExitCode = {
  Ok: 0,
  ThresholdExceeded: 1,
  Gaps: 2,
  EvidenceInvalid: 3,
  Usage: 64,
  Internal: 70,
  /** Ctrl-C: the night can be taken up again with --resume. */
  Stopped: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
