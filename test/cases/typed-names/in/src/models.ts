export interface Word {
  text: string;
  bytes: Uint8Array;
  position: number;
  next?: Word;
}

/** A list of which each may be the last. */
export interface Chain {
  name: string;
  next?: Chain | null;
  others: (Chain | null)[];
}

export interface Nothing {
  tags: [];
  pairs: ([] | [string])[];
  last?: Nothing | null;
}

/** Which of both it is shows in a list alone, behind what may be as deep as the whole. */
export type Twig = { kids: Twig[]; list: number[] } | { kids: Twig[]; list: string[] };
