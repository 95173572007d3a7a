export const city: string = "Utrecht";
export const sizes: readonly number[] = [1, 2];
