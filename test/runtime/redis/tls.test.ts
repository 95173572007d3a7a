import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendFromUrl } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificates, makeCertificates } from "../../support/certificates.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let folder: string;
let certificates: Certificates;
let server: RedisServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cachetory-tls-"));
  certificates = await makeCertificates(folder);
  server = await startRedisServer({ tls: { certificates, clients: "unasked" } });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** What becomes of connecting, and of one entry. */
async function answer(host: string, options: Readonly<Record<string, string>>): Promise<unknown> {
  // Whoever connects once is not to be tried again and again.
  const query = new URLSearchParams({ "connect-timeout": "2s", "command-timeout": "5s", ...options });
  await using backend = backendFromUrl(`rediss://${host}:${server.port}?${query}`);
  try {
    await backend.ready();
    await backend.set("a", "1", {});
    return await backend.get("a", "text");
  } catch (error) {
    return error;
  }
}

/** The code that Node's TLS gives for what it refused, wherever it stands among the causes. */
function refusal(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as NodeJS.ErrnoException;
    if (code !== undefined && /CERT|ALTNAME/.test(code)) return code;
  }
  return undefined;
}

describe("a server over TLS", () => {
  test("is one whose authority is known, and that has the name that was asked for", async () => {
    expect(await answer("localhost", { "tls-ca": certificates.authority.certFile })).toBe("1");
  });

  test("is refused where nobody has said whom to trust", async () => {
    const refused = await answer("localhost", {});
    expect(refused).toMatchObject({ code: "UNAVAILABLE" });
    expect(refusal(refused)).toMatch(
      /^(?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT.*)$/,
    );
  });

  test("is refused where another authority is trusted", async () => {
    const other = await makeCertificates(join(folder, "other"));
    const refused = await answer("localhost", { "tls-ca": other.authority.certFile });
    expect(refused).toMatchObject({ code: "UNAVAILABLE" });
    expect(refusal(refused)).toBeDefined();
  });

  test("is refused under a name that its certificate has not", async () => {
    const refused = await answer("localhost", {
      "tls-ca": certificates.authority.certFile,
      "tls-server-name": "cache.example",
    });
    expect(refused).toMatchObject({ code: "UNAVAILABLE" });
    expect(refusal(refused)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });
});
