export interface Product {
  readonly id: number;
  readonly name: string;
  readonly priceCents: number;
  readonly tags: readonly string[];
}

export interface UserProfile {
  readonly id: string;
  readonly displayName: string;
  readonly greeting: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly total: number;
}
