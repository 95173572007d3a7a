/** What a cache is called in generated code. */
export interface GeneratedNames {
  /** The module, without its extension: `userProfile.gen`. */
  readonly stem: string;
  readonly cache: string;
  readonly definition: string;
  readonly key: string;
  readonly value: string;
  readonly memoize: string;
}

export function generatedNames(name: string): GeneratedNames {
  const pascal = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    stem: `${name}.gen`,
    cache: name,
    definition: `${name}Definition`,
    key: `${pascal}Key`,
    value: `${pascal}Value`,
    memoize: `memoize${pascal}`,
  };
}
