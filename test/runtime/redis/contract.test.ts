import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendFromUrl, RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { syncBackendContract } from "../../contract/sync-backend.ts";
import { type Certificates, makeCertificates } from "../../support/certificates.ts";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

describe("one server", () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedisServer({ password: "to/p#s@cret" });
  });
  afterAll(() => server.stop());

  // A busy machine is no outage, which is not what is asked for here.
  const secret = encodeURIComponent("to/p#s@cret");

  backendContract("redis", {
    ...realTime,
    make: () => new RedisBackend({ host: "127.0.0.1", port: server.port, password: "to/p#s@cret", ...patient }),
  });

  syncBackendContract("redis, sync", {
    ...realTime,
    make: () => new RedisBackend({ host: "127.0.0.1", port: server.port, password: "to/p#s@cret", ...patient }).sync(),
  });

  backendContract("redis, by a unix socket", {
    ...realTime,
    make: () =>
      backendFromUrl(`redis+unix://:${secret}@${server.socketPath}?db=2&read-timeout=10s&command-timeout=10s`),
  });

  syncBackendContract("redis, by a unix socket, sync", {
    ...realTime,
    make: () =>
      RedisBackend.fromUrl(
        `redis+unix://:${secret}@${server.socketPath}?db=2&read-timeout=10s&command-timeout=10s`,
      ).sync(),
  });

  test("a user has a name and a password, and rights of its own", async () => {
    await server.ask("ACL", "SETUSER", "app:1", "on", ">p@ss", "~app:*", "+@all");
    await using backend = backendFromUrl(`redis://app%3A1:p%40ss@127.0.0.1:${server.port}`);
    expect(await backend.set("app:a", "x", {})).toBe(true);
    expect(await backend.get("app:a", "text")).toBe("x");
    await expect(backend.set("other:a", "x", {})).rejects.toMatchObject({
      code: "UNAVAILABLE",
      outcome: "none",
      message: expect.stringContaining("NOPERM"),
    });
  });

  test("a unix socket takes user, password and database as Python's client does", async () => {
    await using backend = backendFromUrl(
      `redis+unix://${server.socketPath}?db=3&password=${secret}&username=default&client-name=by-socket`,
    );
    await backend.ready();
    expect(String(await server.ask("CLIENT", "LIST"))).toMatch(/name=by-socket .*db=3 /);
  });
});

describe("TLS", () => {
  let folder: string;
  let certificates: Certificates;
  let server: RedisServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cachetory-tls-"));
    certificates = await makeCertificates(folder);
    server = await startRedisServer({ tls: { certificates, clients: "required" } });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const url = (...options: string[]): string => `rediss://127.0.0.1:${server.port}?${options.join("&")}`;
  const ca = (): string => `tls-ca=${encodeURIComponent(certificates.authority.certFile)}`;
  const client = (): string =>
    `tls-cert=${encodeURIComponent(certificates.client.certFile)}&tls-key=${encodeURIComponent(certificates.client.keyFile)}`;
  const readiness = (made: string): Promise<unknown> => {
    const backend = backendFromUrl(made);
    return backend.ready().finally(() => backend.close());
  };

  backendContract("rediss", { ...realTime, make: () => backendFromUrl(url(ca(), client())) });

  syncBackendContract("rediss, sync", { ...realTime, make: () => RedisBackend.fromUrl(url(ca(), client())).sync() });

  test("takes certificates as text", async () => {
    await using backend = new RedisBackend({
      host: "127.0.0.1",
      port: server.port,
      tls: {
        ca: certificates.authority.cert,
        cert: certificates.client.cert,
        key: certificates.client.key,
        serverName: "localhost",
      },
    });
    await backend.ready();
  });

  test("refuses a server whose certificate nobody vouches for, and says so", async () => {
    await expect(readiness(url(client()))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(/certificate/),
    });
  });

  test("refuses a server of another name", async () => {
    const made = readiness(url(ca(), client(), "tls-server-name=elsewhere.example"));
    await expect(made).rejects.toMatchObject({ message: expect.stringContaining("elsewhere.example") });
  });

  test("is refused without a certificate where the server wants one", async () => {
    await expect(readiness(url(ca()))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("names the file of a certificate that is not there", () => {
    expect(() => backendFromUrl(url("tls-ca=missing.pem"))).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(/tls-ca.*missing\.pem/) }),
    );
  });

  test("wants certificate and key together", () => {
    const cert = `tls-cert=${encodeURIComponent(certificates.client.certFile)}`;
    expect(() => backendFromUrl(url(ca(), cert))).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining("go together") }),
    );
  });
});
