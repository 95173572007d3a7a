import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installable } from "../packages/provided.ts";
import { makeUserFolder, type UserFolder } from "../packages/user-folder.ts";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { repository } from "../support/repository.ts";
import { readBlocks } from "./code-block.ts";
import { documentedRedis, Story } from "./story.ts";

/**
 * Tests that each code block of a document holds, told in order as one story, with the packed packages.
 *
 * @param options.isQuick - whether commands need not go through npx, which another document shows
 */
export function describeDocument(path: string, { isQuick = false }: { readonly isQuick?: boolean } = {}): void {
  const markdown = readFileSync(join(repository, path), "utf8");
  const blocks = readBlocks(markdown);
  let folder: UserFolder;
  let redis: RedisServer | undefined;
  let story: Story;

  describe(path, () => {
    beforeAll(async () => {
      folder = makeUserFolder(installable().registryUrl, "story");
      if (markdown.includes(documentedRedis)) redis = await startRedisServer();
      story = new Story({ folder: folder.path, env: folder.env, redisUrl: redis?.url, isQuick });
    }, 60_000);
    afterAll(async () => {
      folder.remove();
      await redis?.stop();
    });

    it("has code blocks", () => expect(blocks).not.toEqual([]));

    for (const block of blocks) {
      const name = [`line ${block.line}:`, block.language, block.title ?? "", ...block.words].filter(Boolean).join(" ");
      it(name, { timeout: 180_000 }, () => story.tell(block));
    }

    it("compiles as a whole", { timeout: 60_000 }, () => story.end());
  });
}
