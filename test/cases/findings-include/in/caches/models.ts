export interface Photo {
  readonly width: number;
}
