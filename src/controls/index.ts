// Generated from the folder by scripts/generate.ts. Do not edit.
export { accessKeyAge } from './access-key-age/control.ts';
export { aiKeyExpiry } from './ai-key-expiry/control.ts';
export { consoleUserMfa } from './console-user-mfa/control.ts';
export { passwordLength } from './password-length/control.ts';
export { rootAccessKeys } from './root-access-keys/control.ts';
export { rootMfa } from './root-mfa/control.ts';
