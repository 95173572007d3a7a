export interface Ambient {
  readonly air: boolean;
}
