import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A certificate and its key: as PEM, and as files that hold it. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority of its own, and what it has signed. */
export interface Certificates {
  readonly authority: Certificate;
  /** For `localhost`, 127.0.0.1 and ::1. */
  readonly server: Certificate;
  /** For a client that has to show who it is. */
  readonly client: Certificate;
}

/**
 * Makes certificates, valid for a day, and writes them into a folder.
 *
 * @example
 * ```ts
 * const certificates = await makeCertificates(folder);
 * const server = await startRedisServer({ tls: { certificates, clients: "required" } });
 * ```
 */
export async function makeCertificates(folder: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true });
  const authority = await make("authority", [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const server = await make(
    "server",
    [
      { name: "basicConstraints", cA: false },
      // Between the nodes of a Cluster a server is a client, too.
      { name: "extKeyUsage", serverAuth: true, clientAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
    authority,
  );
  const client = await make(
    "client",
    [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", clientAuth: true },
    ],
    authority,
  );
  return { authority, server, client };

  async function make(
    name: string,
    extensions: NonNullable<NonNullable<Parameters<typeof generate>[1]>["extensions"]>,
    signer?: Certificate,
  ): Promise<Certificate> {
    const now = Date.now();
    const made = await generate([{ name: "commonName", value: `cachetory test ${name}` }], {
      // Quick to make, where RSA takes a second on a slow machine.
      keyType: "ec",
      algorithm: "sha256",
      // Clocks differ, also between a machine and its containers.
      notBeforeDate: new Date(now - 3_600_000),
      notAfterDate: new Date(now + 86_400_000),
      extensions,
      ...(signer !== undefined && { ca: { key: signer.key, cert: signer.cert } }),
    });
    const certFile = join(folder, `${name}.crt`);
    const keyFile = join(folder, `${name}.key`);
    writeFileSync(certFile, made.cert);
    writeFileSync(keyFile, made.private, { mode: 0o600 });
    return { cert: made.cert, key: made.private, certFile, keyFile };
  }
}
