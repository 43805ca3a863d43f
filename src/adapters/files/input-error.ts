export type InputErrorCode =
  | 'MISSING'
  | 'UNREADABLE'
  | 'EMPTY'
  | 'NOT_JSON'
  | 'NOT_RECOGNISED'
  | 'WRONG_SHAPE'
  | 'WRONG_PLACE'
  | 'INCOMPLETE'
  | 'DUPLICATE';

/** Where in the input a fault lies: the file as the person knows it, and the place inside it. */
export interface Where {
  readonly file: string;
  readonly place?: string;
}

/** The same file, one step deeper. */
export const within = ({ file, place }: Where, step: string): Where => ({
  file,
  place: place === undefined ? step : `${place}, ${step}`,
});

/** Input that cannot be used. The message is one line: `<file>: <place>: <what is wrong>; <what to do>`. */
export class InputError extends Error {
  readonly code: InputErrorCode;
  constructor(code: InputErrorCode, { file, place }: Where, problem: string, remedy: string) {
    const parts = [file, ...(place === undefined ? [] : [place]), `${problem}; ${remedy}`];
    super(parts.join(': ').replace(/\p{Cc}+/gu, ' '));
    this.name = 'InputError';
    this.code = code;
  }
}
