/** An account's canonical form: accounts are the same in upper and lower case (behaviour.md B.1). */
export function canonicalAccount(account: string): string {
  return account.toLowerCase();
}

const ACCOUNT = /^[a-z0-9_@.-]{1,32}$/;

/** Whether a canonical account has the vendor's form: 1 to 32 letters, digits and `_ @ . -` (behaviour.md B.1, C). */
export function isAccount(account: string): boolean {
  return ACCOUNT.test(account);
}
