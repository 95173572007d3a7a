/**
 * A password in a URL becomes as many `*`, and so does what stands in place of a variable that holds secret keys: logs are read
 * by more people than the file.
 */
export function withoutSecrets(text: string): string {
  return [password, keys, keySecret].reduce(
    (rest, secret) => rest.replace(secret, (_, before: string, found: string) => before + "*".repeat(found.length)),
    text,
  );
}

// Where a text was cut, the "@" may be in what is left out.
const password = /(:\/\/[^\s:@/?#]*:)(?!\$\{)([^\s@]+)(?=@|…)/g;
const keys = /([?&/]keys=)(?!\w+(?:[&"'\s,}\]]|$))([^&"'\s]+)/gi;
const keySecret = /(\bkey-secret["']?:\s*["']?)(?!\$?\{?\w+\}?(?:["'\s,}]|$))([^"'\s,}]+)/g;
