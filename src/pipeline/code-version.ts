/** Version of the code that decides results; raised with every release. */
export const codeVersion = '0.1.0';
