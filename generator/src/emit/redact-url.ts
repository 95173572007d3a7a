/** A URL for people: a password that is written out becomes `***`; a variable says nothing and stays. */
export function redactUrl(url: string): string {
  return url
    .replace(authority, (_, userInfo: string) => {
      const { name, password } = splitUserInfo(userInfo);
      return password === undefined ? `://${name}@` : `://${name}:${redacted(password)}@`;
    })
    .replace(passwordOption, (_, option: string, password: string) => `${option}=${redacted(password)}`);
}

function redacted(password: string): string {
  return /^(?:\$\{\w+\})+$/.test(password) ? password : "***";
}

const passwordOption = /([?&](?:\w+-)?password)=((?:\$\{[^}]*\}|[^&])*)/g;

/** All between `://` and the last `@` of the authority, variables taken as a whole. */
const authority = /:\/\/((?:\$\{[^}]*\}|[^\s/?#}])*)@/g;

function splitUserInfo(text: string): { readonly name: string; readonly password: string | undefined } {
  const match = /^((?:\$\{[^}]*\}|[^:])*):(.*)$/s.exec(text);
  return match === null ? { name: text, password: undefined } : { name: match[1] ?? "", password: match[2] };
}
