import type { Random } from "./random.ts";

/** What a web application keeps of who is logged in. */
export interface Session {
  readonly userId: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly csrfToken: string;
  readonly roles: readonly ("reader" | "editor" | "admin")[];
  readonly scopes: readonly string[];
  readonly cart: Readonly<Record<string, number>>;
  readonly flash?: { readonly level: "info" | "warning"; readonly text: string };
  readonly device: { readonly os: string; readonly browser: string; readonly isMobile: boolean };
  readonly returnTo: string | null;
}

export function makeSession(random: Random): Session {
  const issuedAt = random.date();
  return {
    userId: random.below(1e7),
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + 86_400_000),
    csrfToken: random.hex(32),
    roles: random.once(5) ? ["reader", "editor"] : ["reader"],
    scopes: random.many(3, (index) => `${random.words(1)}:${index === 0 ? "write" : "read"}`),
    cart: Object.fromEntries(
      random.many(random.below(4), (index) => [`sku-${index}-${random.hex(6)}`, 1 + random.below(3)]),
    ),
    ...(random.once(6) && { flash: { level: random.pick(["info", "warning"]), text: random.words(6) } }),
    device: {
      os: random.pick(["iOS 19.1", "Android 16", "Windows 11", "macOS 26"]),
      browser: random.pick(["Safari", "Firefox", "Chrome"]),
      isMobile: random.once(2),
    },
    returnTo: random.once(3) ? `/${random.words(2).replaceAll(" ", "/")}` : null,
  };
}
