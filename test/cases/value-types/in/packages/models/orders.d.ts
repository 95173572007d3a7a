export interface Order {
  readonly total: number;
}
