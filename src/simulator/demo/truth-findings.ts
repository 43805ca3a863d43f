import type { PlantedTruth } from '../truth.ts';

// What some controls must find in the demo organisation, added up by hand from the same tables as `truth.ts`. One finding that is not
// measured stands for acquired-erp, which cannot be entered; data-lake's authorization details are throttled and leave another where
// a control needs them. Rows: fail, pass, not measured, not applicable.

const counts = (fail: number, pass: number, notMeasured: number, notApplicable: number) => ({
  fail,
  pass,
  'not-measured': notMeasured,
  'not-applicable': notApplicable,
});

/** 376 cells account × Region of the 22 accounts that answer (`truth.ts`), and acquired-erp. */
const cells = (pass: number) => counts(376 - pass, pass, 1, 0);
/** 22 accounts that answer, and acquired-erp. */
const accounts = (pass: number) => counts(22 - pass, pass, 1, 0);

export const plantedFindings: PlantedTruth['findings'] = {
  'root-access-keys': accounts(22),
  'root-mfa': accounts(22),
  'root-hardware-mfa': accounts(0), // all of them virtual devices
  'password-expiry': accounts(0),
  // Users of 22 accounts, data-lake's from its credential report: 105 + 17 + 19 (`truth.ts`); 12 phantoms and 7 ordinary users hold a
  // live key. dw0s's own listing failed: not measured.
  'long-term-ai-keys': counts(12 + 7, 141 - 19 - 1, 1 + 1, 0),
  'phantom-users': counts(19, 105 + 17, 1, 0),
  // 21 live keys, 8 without an end; 9 accounts have none. dw0s's listing hides others in its account.
  'ai-key-expiry': counts(8, 13, 1 + 1, 9),
  'management-events': cells(105),
  'ai-data-events': cells(35), // all 14 core classes: ai-gateway 17, payments-core 17, dev-ai 1
  // 184 unused (`truth.ts`); docs-bot, dl2x and dw0s, the roles of data-lake, acquired-erp.
  'unused-identities': { fail: 184, 'not-measured': 3 + 1 + 1 },
  'central-root-access': counts(0, 1, 0, 0),
  'ai-services-opt-out': counts(1, 0, 0, 0),
  'authorization-policies': counts(0, 22, 0, 1), // 23 members and the management account, without the suspended one
};
