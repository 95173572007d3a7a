export interface Zebra {
  stripes: number;
}

export interface Bear {
  kilos: number;
}

export interface Wolf {
  pack: string;
}
