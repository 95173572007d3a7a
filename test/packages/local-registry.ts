import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { repository } from "../support/repository.ts";
import { runOrThrow } from "../support/run-program.ts";
import type { PackedPackage, PackedPackages } from "./packed-package.ts";

export interface LocalRegistry {
  /** For npm's `registry` setting. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A registry on the loopback that has the packed packages as their only versions, and sends npm to the registry of
 * the machine for everything else. So `npm install cachetory` can be typed in a test as users type it.
 */
export async function startLocalRegistry(packages: PackedPackages): Promise<LocalRegistry> {
  const { stdout } = await runOrThrow("npm", ["config", "get", "registry"], { cwd: repository });
  const elsewhere = stdout.trim().replace(/\/$/, "");
  const own = [packages.runtime, packages.generator];
  // A later run may get the same port, and npm would take what it has kept of this one for its packages.
  const root = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(root, "");
    const wanted = own.find((candidate) => decodeURIComponent(path) === `/${candidate.name}`);
    const tarball = own.find((candidate) => path === `/tarballs/${basename(candidate.tarball)}`);
    if (wanted !== undefined) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(packument(wanted, url)));
    } else if (tarball !== undefined) {
      createReadStream(tarball.tarball).pipe(response);
    } else {
      response.writeHead(302, { location: elsewhere + path }).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, so this is no pipe's name.
  const url = `http://127.0.0.1:${port}${root}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function packument(packed: PackedPackage, registry: string): unknown {
  const { name, version, manifest, tarball, integrity, shasum } = packed;
  const dist = { tarball: `${registry}/tarballs/${basename(tarball)}`, integrity, shasum };
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
