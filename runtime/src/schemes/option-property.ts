/** The property that an option of a URL is in code: `compression-level` is `compressionLevel`. */
export function optionProperty(option: string): string {
  return option.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
