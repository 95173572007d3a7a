import { describe, expect, it } from "vitest";
import type { UrlPart } from "../../../generator/src/model/declaration.ts";
import { backendsWith, cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withUrl = (url: string): string => backendsWith(`a: ${url}`);

function partsOf(url: string): readonly UrlPart[] | undefined {
  return declarationsOf(withUrl(url)).backends.find(({ name }) => name === "a")?.url.parts;
}

describe("a URL", () => {
  it("may be all literal", () => {
    expect(partsOf("redis://localhost:6379/2?connect-timeout=2s")).toEqual([
      { kind: "literal", text: "redis://localhost:6379/2?connect-timeout=2s" },
    ]);
  });

  it("may be a variable", () => {
    expect(partsOf("${REDIS_URL}")).toEqual([
      { kind: "variable", name: "REDIS_URL", fallback: undefined, message: undefined },
    ]);
  });

  it("may have variables anywhere, with defaults and messages", () => {
    expect(partsOf("redis://${HOST:-localhost}:${PORT:?which port?}/${DB}?command-timeout=${LIMIT}")).toEqual([
      { kind: "literal", text: "redis://" },
      { kind: "variable", name: "HOST", fallback: "localhost", message: undefined },
      { kind: "literal", text: ":" },
      { kind: "variable", name: "PORT", fallback: undefined, message: "which port?" },
      { kind: "literal", text: "/" },
      { kind: "variable", name: "DB", fallback: undefined, message: undefined },
      { kind: "literal", text: "?command-timeout=" },
      { kind: "variable", name: "LIMIT", fallback: undefined, message: undefined },
    ]);
  });

  it("takes a $ without { as it is", () => {
    expect(partsOf("redis://:pa$$word@localhost")).toEqual([{ kind: "literal", text: "redis://:pa$$word@localhost" }]);
  });

  it("may have an empty default", () => {
    expect(partsOf("redis://localhost/${DB:-}")?.[1]).toMatchObject({ name: "DB", fallback: "" });
  });
});

describe("a variable", () => {
  it("must be closed", () => {
    expect(findingsIn(withUrl("redis://${HOST"))).toEqual([
      { at: "5:14", text: "${HOST", code: "C1102", message: 'a variable is not closed by "}"', hint: "Write ${NAME}" },
    ]);
  });

  it("must have a name", () => {
    expect(findingsIn(withUrl("redis://${}/${1X}"))).toEqual([
      {
        at: "5:14",
        text: "${}",
        code: "C1102",
        message: '"${…" names no environment variable',
        hint: "Write ${NAME}, ${NAME:-default} or ${NAME:?message}; names are letters, digits and _",
      },
      {
        at: "5:18",
        text: "${1X}",
        code: "C1102",
        message: '"${1X…" names no environment variable',
        hint: "Write ${NAME}, ${NAME:-default} or ${NAME:?message}; names are letters, digits and _",
      },
    ]);
  });

  it("takes its default after :-, and no message shows it", () => {
    const [found] = findingsIn(withUrl("${REDIS-redis://:hunter2@localhost}"));
    expect(found).toMatchObject({
      code: "C1102",
      hint: "Did you mean ${REDIS:-…}? Write ${NAME}, ${NAME:-default} or ${NAME:?message}; names are letters, digits and _",
    });
    expect(`${found?.message}${found?.hint}`).not.toContain("hunter2");
  });

  it("may not hold another", () => {
    expect(findingsIn(withUrl("${A:-${B}}"))).toMatchObject([
      { at: "5:6", code: "C1102", message: "${A} has a variable inside of its default" },
    ]);
  });
});

describe("a scheme", () => {
  it("must be there", () => {
    expect(findingsIn(withUrl("localhost:6379"))).toEqual([
      {
        at: "5:6",
        text: "localhost:6379",
        code: "C1102",
        message: "this is no URL of a backend",
        hint: "A URL begins with one of dummy://, memory://, redis://, redis+cluster://, redis+sentinel://, redis+unix://, rediss://, rediss+cluster://, rediss+sentinel://",
      },
    ]);
  });

  it("must be known", () => {
    expect(findingsIn(withUrl("redsi://localhost"))).toEqual([
      {
        at: "5:6",
        text: "redsi",
        code: "C1103",
        message: 'unknown backend "redsi://"',
        hint: "Did you mean redis://? Known: dummy://, memory://, redis://, redis+cluster://, redis+sentinel://, redis+unix://, rediss://, rediss+cluster://, rediss+sentinel://",
      },
    ]);
  });

  it("is also checked in development", () => {
    expect(findingsIn(backendsWith("a: { url: redis://localhost, development: memroy:// }"))).toMatchObject([
      { text: "memroy", code: "C1103" },
    ]);
  });

  it("is also checked in a default", () => {
    expect(findingsIn(withUrl("${URL:-rdis://localhost}"))).toMatchObject([
      { text: "${URL:-rdis://localhost}", code: "C1103", message: 'unknown backend "rdis://"' },
    ]);
  });
});

describe("an address", () => {
  it("must be well-formed", () => {
    expect(findingsIn(withUrl("redis://localhost:99999"))).toEqual([
      {
        at: "5:14",
        text: "localhost:99999",
        code: "C1102",
        message: "the address in the URL is malformed",
        hint: "For example: redis://localhost:6379/0",
      },
    ]);
  });

  it("ends in the number of a database", () => {
    expect(findingsIn(withUrl("rediss://localhost/main"))).toMatchObject([
      { code: "C1102", message: "the path of a rediss:// URL must be the number of a database" },
    ]);
  });

  it("is not for memory", () => {
    expect(findingsIn(withUrl("memory://localhost"))).toEqual([
      {
        at: "5:15",
        text: "localhost",
        code: "C1102",
        message: "memory:// takes options alone",
        hint: "Write memory:// and options alone, as in memory://?name=value",
      },
    ]);
  });

  it("has no fragment", () => {
    expect(findingsIn(withUrl("redis://:a#b@localhost"))).toMatchObject([
      { at: "5:16", text: "#", code: "C1102", hint: "Write %23 where it is part of a password" },
    ]);
  });
});

describe("an option", () => {
  it("must be known", () => {
    expect(findingsIn(withUrl("memory://?max-entrys=5&max-bytes=1mb"))).toEqual([
      {
        at: "5:16",
        text: "max-entrys=5",
        code: "C1104",
        message: 'memory: unknown option "max-entrys"',
        hint: 'Did you mean "max-entries"? Allowed: max-bytes, max-entries',
      },
    ]);
  });

  it("must be in range", () => {
    expect(findingsIn(withUrl("memory://?max-entries=0"))).toMatchObject([
      { at: "5:16", text: "max-entries=0", code: "C1104" },
    ]);
  });

  it("must be a size where a size is meant", () => {
    expect(findingsIn(withUrl("memory://?max-entries=5&max-bytes=64mib"))).toMatchObject([
      { at: "5:30", text: "max-bytes=64mib", code: "C1104" },
    ]);
  });

  it("must be a duration where a duration is meant", () => {
    expect(findingsIn(withUrl("redis://localhost?connect-timeout=5"))).toMatchObject([
      { at: "5:24", text: "connect-timeout=5", code: "C1104" },
    ]);
  });

  it("is given once", () => {
    expect(findingsIn(withUrl("memory://?max-entries=5&max-entries=6"))).toEqual([
      {
        at: "5:30",
        text: "max-entries=6",
        code: "C1104",
        message: 'option "max-entries" is given more than once',
        hint: "Keep one of them",
      },
    ]);
  });

  it("is checked beside variables", () => {
    expect(findingsIn(withUrl("redis://${HOST}/?client-nam=${NAME}&famly=${F}&${MORE}"))).toMatchObject([
      { text: "client-nam=${NAME}", code: "C1104" },
      { text: "famly=${F}", code: "C1104" },
    ]);
  });

  it("is not guessed at where the scheme is a variable", () => {
    expect(findingsIn(withUrl("${SCHEME}://localhost?anything=1"))).toEqual([]);
  });

  it("keeps its place in quotes, and gives it up for escapes", () => {
    expect(findingsIn(withUrl('"memory://?x=1"'))).toMatchObject([{ at: "5:17", text: "x=1" }]);
    expect(findingsIn(withUrl('"memory:\\/\\/?x=1"'))).toMatchObject([{ at: "5:6", text: '"memory:\\/\\/?x=1"' }]);
  });
});

describe("a default that makes each process its own cache", () => {
  const warning = {
    at: "5:6",
    code: "C1401",
    message: "where REDIS_URL is not set, each process has a cache of its own, in production too",
    hint: "Write url: ${REDIS_URL} with development: memory://, which serves outside of production only",
  };

  it("is a warning", () => {
    expect(findingsIn(withUrl("${REDIS_URL:-memory://}"))).toEqual([{ ...warning, text: "${REDIS_URL:-memory://}" }]);
  });

  it("is none where the default is shared", () => {
    expect(findingsIn(withUrl("${REDIS_URL:-redis://localhost}"))).toEqual([]);
  });
});

describe("a development URL", () => {
  it("is warned about where it can never serve", () => {
    for (const url of ["redis://localhost", '"${REDIS_URL:-redis://localhost}"']) {
      expect(findingsIn(backendsWith(`a: { url: ${url}, development: memory:// }`))).toMatchObject([
        {
          text: "memory://",
          code: "C1403",
          message: "development never serves, for no variable that url needs can be unset",
        },
      ]);
    }
  });

  it("serves where one variable of several can be unset", () => {
    const url = "redis://${HOST}:${PORT:-6379}";
    expect(findingsIn(backendsWith(`a: { url: "${url}", development: memory:// }`))).toEqual([]);
  });
});

describe("a prefix", () => {
  it("is empty by default", () => {
    expect(declarationsOf(withUrl("redis://localhost")).backends[0]?.prefix).toBe("");
  });

  for (const prefix of ['"a b"', '"a\\tb"', "a~", '"\\x07"']) {
    it(`is not ${prefix}`, () => {
      expect(findingsIn(backendsWith(`a: { url: memory://, prefix: ${prefix} }`))).toEqual([
        {
          at: "5:32",
          text: prefix,
          code: "C1203",
          message: "a prefix has no white space, no control characters and no ~",
          hint: 'For example: prefix: "shop:"',
        },
      ]);
    });
  }
});

describe("a backend's name", () => {
  it("must be declared where a cache uses it", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "backend: locl"))).toEqual([
      {
        at: "10:14",
        text: "locl",
        code: "C1106",
        message: 'no backend is called "locl"',
        hint: 'Did you mean "local"? Declared: local, redis, none',
      },
    ]);
  });
});
