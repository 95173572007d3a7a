export function setRate(of: string, rate: number): number {
  return of.length + rate;
}

export async function setRateLater(rate: string): Promise<void> {
  if (rate === "") throw new Error("No rate.");
}

export interface Rates {
  set(rate: number): { readonly name: string } | undefined;
}
