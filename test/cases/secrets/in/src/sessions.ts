/** The roles of whoever has the token. */
export async function rolesOf(token: string): Promise<string[]> {
  return token === "" ? [] : ["reader"];
}

export async function signOut(token: string): Promise<void> {
  await rolesOf(token);
}
