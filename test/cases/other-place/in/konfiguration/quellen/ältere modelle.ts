export interface Bär {
  readonly name: string;
}
