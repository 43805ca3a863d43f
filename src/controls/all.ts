import type { Control } from './define.ts';
import * as controls from './index.ts';

/** Every control, of accounts and of the organisation, in the order of their ids. */
export const allControls = Object.values(controls) as readonly Control[];
