import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { goldenCases } from "../generator/golden/cases.ts";
import { compilers, generateAll, runNode, strictest } from "./project.ts";

// Compilers take their time, the more so beside other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const bundled = "a bundler, imports without extension";

/** How a project may be set up; what is not said here is as strict as it gets. */
const projects = {
  "ESM, imports with .js": {
    type: "module",
    options: { module: "nodenext" },
    sibling: "./format.gen.js",
    isWhole: true,
  },
  "ESM, imports with .ts": {
    type: "module",
    options: { module: "nodenext", allowImportingTsExtensions: true },
    sibling: "./format.gen.ts",
    isWhole: false,
  },
  [bundled]: {
    type: "module",
    options: { module: "preserve", moduleResolution: "bundler" },
    sibling: "./format.gen",
    isWhole: false,
  },
  CommonJS: {
    type: "commonjs",
    // What is compiled to CommonJS cannot keep its imports as they are.
    options: { module: "nodenext", verbatimModuleSyntax: false },
    sibling: "./format.gen.js",
    isWhole: true,
  },
} as const;

/** As projects are that were written before there was null as a type. */
const loose = { strictNullChecks: false, exactOptionalPropertyTypes: false };

/** Those that make code. */
const sound = goldenCases.filter(({ name }) => !/^(findings|file-as|in-the-way|runtime-too-old|drift)/.test(name));

/** Of each kind of module one at least: enough where a project differs from another in the ends of its imports alone. */
const ofEveryKind = sound.filter(({ name }) => /^(extension-ts|include|memoize|mutate|sync|tags|typed)/.test(name));

const folders = new Map<string, string>();

beforeAll(async () => {
  for (const [name, { type, options, isWhole }] of Object.entries(projects)) {
    const folder = await generateAll(isWhole ? sound : ofEveryKind, { type, options });
    folders.set(name, folder);
    configure(folder, "tsconfig.json", "dist", options);
    if (name === bundled) configure(folder, "loose.json", "dist-loose", { ...options, ...loose });
    if (type === "commonjs") configure(folder, "node20.json", "dist-node20", { ...options, module: "node20" });
  }
});

afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
});

const [, between, newest] = compilers;

/** A compiler is slow to start and to read its libraries: it is given all projects at once. */
test.each(compilers)("what is generated compiles with %s", async (_name, tsc) => {
  // What lies between the oldest and the newest finds nothing that both do not; it takes its time.
  const isBetween = tsc === between[1];
  const configs = Object.entries(projects)
    .filter(([, { isWhole }]) => isWhole || !isBetween)
    .flatMap(([name, { type }]) => {
      const folder = folderOf(name);
      const config = path.join(folder, "tsconfig.json");
      // It tells nothing of the compiler: the quickest is enough.
      if (name === bundled && tsc === newest[1]) return [config, path.join(folder, "loose.json")];
      return type === "commonjs" && !isBetween ? [config, path.join(folder, "node20.json")] : [config];
    });
  expect(configs).toHaveLength(isBetween ? 2 : tsc === newest[1] ? 6 : 5);
  const answer = await runNode([tsc, "-b", ...configs, "--force", "--pretty", "false"], folderOf("CommonJS"));
  expect(answer).toEqual({ exitCode: 0, output: "" });
});

describe.each(Object.entries(projects))("in a project for %s", (name, { type, sibling, isWhole }) => {
  test("imports end as the project's do", () => {
    const index = readFileSync(path.join(folderOf(name), "extension-ts/src/caches/index.ts"), "utf8");
    expect(index).toContain(`from "${sibling}";`);
  });

  if (!isWhole) return;

  describe("and compiled to JavaScript,", () => {
    beforeAll(async () => {
      await runNode([newest[1], "-p", folderOf(name), "--emitDeclarationOnly", "false"], folderOf(name));
      writeFileSync(path.join(folderOf(name), "dist/package.json"), JSON.stringify({ type }));
    });

    behaviour(type, (file) => path.join(folderOf(name), "dist", file));
  });
});

function folderOf(name: string): string {
  const folder = folders.get(name);
  if (folder === undefined) throw new Error(`There is no project for ${name}.`);
  return folder;
}

function configure(folder: string, file: string, outDir: string, options: object): void {
  const compilerOptions = { ...strictest, ...options, emitDeclarationOnly: true, outDir };
  const config = { compilerOptions, include: ["*/**/*"], exclude: ["**/node_modules", "dist*"] };
  writeFileSync(path.join(folder, file), JSON.stringify(config));
}

/** What generated code does, where `compiled` leads to it. */
function behaviour(type: "module" | "commonjs", compiled: (name: string) => string): void {
  test("key builders give the text that their patterns declare", async () => {
    const { everyKind, ...keys } = JSON.parse(await answer("key-types", keysScript));
    expect(keys).toEqual({
      oneOf: "pt-BR:m",
      oneOfWrong: expect.stringContaining('"en", "nl" or "pt-BR"'),
      cart: "cart:{5}:items",
      settings: "settings",
      hostile: "a`b\\c${d}$'\"*/1é%",
      words: "1:false:a987fbc9-4bed-3078-cf07-9141ba07c9f3:2:3:%e",
      counted: "counted:3~r12",
    });
    expect(everyKind).toMatch(
      /^all:a%20b:-7:0\.5:12345678901234567890:true:a987fbc9-4bed-3078-cf07-9141ba07c9f3:[0-9a-f]{32}:1970-01-01T000000\.000Z$/,
    );
  });

  test("a value goes into a cache and comes out of it", async () => {
    expect(JSON.parse(await answer("smallest", useScript))).toEqual([null, "hello", "loaded x", "loaded x", 1, null]);
  });

  test("caches that are called as names of the code for their type carry values of it", async () => {
    const answers = JSON.parse(await answer("typed-names", namesScript));
    expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, true])));
    expect(Object.keys(answers)).toHaveLength(9);
  });

  test("tags of keys and of values make entries of several caches untrue", async () => {
    expect(JSON.parse(await answer("tags", tagsScript))).toEqual({
      brand: [true, false],
      product: [false, false],
      shop: [true, false],
      label: [true, false],
      owner: [true, false],
      user: [false],
      other: [true],
    });
  });

  test("a synchronous cache shares its backend with one that has promises", async () => {
    expect(JSON.parse(await answer("sync", syncScript))).toEqual(["made", "made", 1, null, 7, 7]);
  });

  test("a function reads through its cache, with the signature that it had", async () => {
    expect(JSON.parse(await answer("memoize", memoizeScript))).toEqual({
      profile: { displayName: "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a nl" },
      stored: { displayName: "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a nl" },
      key: { userId: "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a", locale: "nl" },
      takenApart: { displayName: "planted" },
      purged: [true, false],
      stock: [6, 6, 6],
      log: ["asked", "asked"],
      counted: [7, 3],
      found: ["b"],
      words: ["y"],
      rates: [3, 3, true],
      bytes: [2, 2],
      stockIn: [10, 9, 10, 1],
      cities: ["Utrecht"],
      visits: [4, 4, true],
      remote: [5, 1],
    });
  });

  test("a function deletes what it makes untrue, with the signature that it had", async () => {
    expect(JSON.parse(await answer("mutate", mutateScript))).toEqual({
      saved: true,
      left: [],
      imported: 1,
      renamed: ["Ada u en", false, false],
      placed: { id: 2 },
      ordered: [false, true],
      lines: [false, false],
      searched: [false, true],
      moved: [false, true],
      unmoved: "Nothing to move.",
      removed: [2, false, false],
      rates: [4, false, true],
      own: [true, false],
      flags: 1,
    });
  });

  test("a function without a cache reads through one that is made of its signature", async () => {
    const order = { id: 2, at: "x,1970-01-01T00:00:00.000Z,long,a" };
    expect(JSON.parse(await answer("memoize-made", madeScript))).toEqual({
      order: [order, order],
      key: expect.stringMatching(/^loadOrder:x:1970-01-01T000000\.000Z:long:false:2:[0-9a-f]{32}$/),
      paid: [null, null],
      orders: [null, null],
      logged: ["asked"],
      all: [["a", 1]],
      slugs: ["a-b", "a-b"],
      greeting: ["hello x", "hello x"],
    });
  });

  test("calls of one turn are loaded together, with the signatures that they had", async () => {
    expect(JSON.parse(await answer("batch", batchScript))).toEqual({
      profiles: [{ displayName: "a nl" }, { displayName: "a en" }, null, "broken"],
      names: ["A", "B", "A"],
      key: { id: "a" },
      stored: ["A", null],
      purged: [true, false],
      takenApart: { displayName: "b nl" },
      stock: [6, 8],
      words: [["y"], ["x", "y"]],
      found: ["b"],
      stockIn: [10, 11, 1],
      asked: [[3, 4]],
      remote: 7,
    });
  });

  test("importing opens nothing, starts no timer, and reads nothing of the environment", async () => {
    const names = sound.map(({ name }) => name).filter((name) => name !== "other-place");
    expect(JSON.parse(await answer("smallest", importScript(names)))).toEqual(
      names.map((name) => ({ name, read: [], opened: [] })),
    );
  });

  /** What a script prints that has the case's index as `generated`, a promise of it. */
  async function answer(name: string, script: string): Promise<string> {
    const index = `${JSON.stringify(`${compiled("")}/`)} + name + "/src/caches/index.js"`;
    const given = `(name = ${JSON.stringify(name)})`;
    const load = type === "module" ? `${given} => import(${index})` : `async ${given} => require(${index})`;
    const file = compiled(type === "module" ? "script.mjs" : "script.cjs");
    writeFileSync(file, `const load = ${load};\n(${script})().then((value) => console.log(JSON.stringify(value)));\n`);
    const { exitCode, output } = await runNode([file], compiled(""));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    return output;
  }
}

const keysScript = `async () => {
  const { everyKind, oneOf, cart, settings, hostile, words, counted } = await load();
  const id = "A987FBC9-4BED-3078-CF07-9141BA07C9F3";
  let oneOfWrong;
  try { oneOf.keyOf({ locale: "de", size: "m" }); } catch (error) { oneOfWrong = error.message; }
  return {
    everyKind: everyKind.keyOf({ text: "a b", whole: -7, ratio: 0.5, big: 12345678901234567890n, flag: true, id, query: { a: 1 }, day: new Date(0) }),
    oneOf: oneOf.keyOf({ locale: "pt-BR", size: "m" }),
    oneOfWrong,
    cart: cart.keyOf({ userId: 5 }),
    settings: settings.keyOf({}),
    hostile: hostile.keyOf({ id: 1 }),
    words: words.keyOf({ class: 1, default: false, key: id, _: 2, $: 3, größe: "" }),
    counted: counted.keyOf({ id: 3 }),
  };
}`;

const tagsScript = `async () => {
  process.env.REDIS_URL = "memory://";
  const { product, page, user, tags } = await load();
  const userId = "A987FBC9-4BED-3078-CF07-9141BA07C9F3";
  const pageKey = { locale: "nl", day: new Date(0) };
  const anvil = { id: 7, brandId: "acme", offers: [null, { shop: null }, { shop: { id: "s1" } }].slice(1), labels: ["heavy"] };
  const fill = async () => {
    await product.set({ id: 7 }, anvil);
    await page.set(pageKey, { kind: "list", products: [anvil], owner: { id: 5n } });
    await user.set({ userId }, "ada");
  };
  const after = async (tag, ...reads) => {
    await fill();
    await product.invalidateTags(tag);
    return Promise.all(reads.map((read) => read()));
  };
  const ofPage = () => page.has(pageKey);
  const ofProduct = () => product.has({ id: 7 });
  const ofUser = () => user.has({ userId });
  return {
    brand: await after(tags.brand("acme"), ofPage, ofProduct),
    product: await after(tags.product(7), ofPage, ofProduct),
    shop: await after(tags.shop("s1"), ofPage, ofProduct),
    label: await after(tags.label("heavy"), ofUser, ofProduct),
    owner: await after(tags.owner("nl", 5n), ofProduct, ofPage),
    user: await after(tags.user(userId.toLowerCase()), ofUser),
    other: await after(tags.product(8), ofPage),
  };
}`;

const useScript = `async () => {
  const { caches, createCaches, greeting, memoizeGreeting } = await load();
  const miss = await greeting.get({ name: "x" });
  await greeting.set({ name: "y" }, "hello");
  const hit = await greeting.get({ name: "y" });
  let loads = 0;
  const load1 = memoizeGreeting(async ({ name }) => { loads++; return "loaded " + name; });
  const loaded = [await load1({ name: "x" }), await load1({ name: "x" })];
  const others = createCaches();
  const elsewhere = await others.greeting.get({ name: "y" });
  await others.close();
  await caches.close();
  return [miss ?? null, hit, ...loaded, loads, elsewhere ?? null];
}`;

const namesScript = `async () => {
  const { isDeepStrictEqual } = await import("node:util");
  const { caches, createCaches } = await load();
  const made = createCaches();
  const word = { text: "t", bytes: new Uint8Array([1, 2]), position: 3, next: { text: "u", bytes: new Uint8Array(), position: -0 } };
  const chain = { name: "a", next: { name: "b", next: null, others: [null] }, others: [{ name: "c", others: [] }, null] };
  const values = {
    text: word, bytes: word, position: word, cursor: word, found: chain,
    none: { tags: [], pairs: [[], ["x"]], last: { tags: [], pairs: [], last: null } },
    whole: { needed: 1, maybe: -5, none: null, list: [1, 2, 2 ** 40], either: "x" },
    twig: { kids: [{ kids: [], list: ["x"] }, { kids: [], list: [1] }], list: ["y"] },
    alone: 7,
  };
  const answers = {};
  for (const [name, value] of Object.entries(values)) {
    await made[name].set({ id: 1 }, value);
    answers[name] = isDeepStrictEqual(await made[name].get({ id: 1 }), value);
  }
  await made.close();
  await caches.close();
  return answers;
}`;

const syncScript = `async () => {
  process.env.SYNC_REDIS_URL = "memory://";
  const { caches, createCaches, memoizeTemplate, setting, template, visit } = await load();
  let loads = 0;
  const make = memoizeTemplate(() => { loads++; return "made"; });
  const made = [make({ name: "x" }), template.getOrSet({ name: "x" }, () => "not again")];
  const others = createCaches();
  const elsewhere = others.template.get({ name: "x" });
  others.setting.set({ id: 1 }, 7);
  await others.visit.ready();
  await others.close();
  setting.set({ id: 1 }, 7);
  await visit.set({ id: 1 }, 7);
  const values = [setting.get({ id: 1 }), await visit.get({ id: 1 })];
  await caches.close();
  return [...made, loads, elsewhere ?? null, ...values];
}`;

const mutateScript = `async () => {
  const all = await load();
  const userId = "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a";
  const locales = ["en", "nl"].map((locale) => ({ userId, locale }));
  await all.userProfile.setMany(locales.map((key) => [key, { displayName: "old" }]));
  const saved = await all.saveProfile({ id: userId });
  const left = [...(await all.userProfile.getMany(locales)).values()];
  await all.userProfile.setMany(locales.map((key) => [key, { displayName: "old" }]));
  await all.nameOf(userId);
  const imported = await all.importUsers([{ id: userId, locale: "nl" }]);
  await all.search.set({ words: "a", page: 1 }, []);
  const own = all.createCaches();
  await own.userProfile.set(locales[0], { displayName: "old" });
  await own.nameOfCache.set({ userId }, "old");
  const renamed = [
    (await all.renameUser.on(own)("Ada", userId, "en")).replace(userId, "u"),
    await own.userProfile.has(locales[0]),
    await own.nameOfCache.has({ userId }),
  ];
  const kept = [await all.userProfile.has(locales[0]), await all.nameOfCache.has({ userId })];
  await own.close();
  await all.order.setMany([[{ tenant: "a", id: 2 }, 1], [{ tenant: "b", id: 2 }, 1]]);
  await all.orderLine.setMany([[{ orderId: 7, product: 1n }, 1], [{ orderId: 7, product: 2n }, 1]]);
  await all.search.setMany([[{ words: ["x"], page: 1 }, []], [{ words: ["y"], page: 1 }, []]]);
  const lines = [{ product: 1n }, { product: 2n }];
  const placed = await all.placeOrder({ customer: { tenant: "a" }, lines, words: ["x"] });
  await all.placeOrder({ customer: undefined, lines: null, words: undefined });
  const ordered = [await all.order.has({ tenant: "a", id: 2 }), await all.order.has({ tenant: "b", id: 2 })];
  const lined = [await all.orderLine.has({ orderId: 7, product: 1n }), await all.orderLine.has({ orderId: 7, product: 2n })];
  const searched = [await all.search.has({ words: ["x"], page: 1 }), await all.search.has({ words: ["y"], page: 1 })];
  await all.orderLine.setMany([[{ orderId: 1, product: 1n }, 1], [{ orderId: 1, product: 3n }, 1]]);
  await all.moveLines([undefined, { id: 1, lines }]);
  const moved = [await all.orderLine.has({ orderId: 1, product: 1n }), await all.orderLine.has({ orderId: 1, product: 3n })];
  const unmoved = await all.moveLines([]).catch((error) => error.message);
  await all.order.setMany([[{ tenant: "c", id: 1 }, 1], [{ tenant: "c", id: 2 }, 1]]);
  const orders = { tenant: "c", async remove(...ids) { return this.tenant === "c" ? ids.length : 0; } };
  const removed = [await all.orderOf(orders)(1, 2), await all.order.has({ tenant: "c", id: 1 }), await all.order.has({ tenant: "c", id: 2 })];
  all.rate.set({ rate: "EUR" }, 1);
  const rates = [all.setRate("EUR", 1), all.rate.has({ rate: "EUR" })];
  all.rate.set({ rate: "EUR" }, 1);
  all.setRateOf({ set: () => undefined })(1);
  rates.push(all.rate.has({ rate: "EUR" }));
  const since = new Date(0);
  const flag = { isOpen: true, tier: "b", since };
  await all.flags.setMany([[flag, 1], [{ ...flag, since: new Date(1) }, 1]]);
  await all.clearFlags(since);
  const flags = (await all.flags.getMany([flag, { ...flag, since: new Date(1) }])).size;
  await all.caches.close();
  return { saved, left, imported, renamed, own: kept, placed, ordered, lines: lined, searched, moved, unmoved, removed, rates, flags };
}`;

const memoizeScript = `async () => {
  const all = await load();
  const userId = "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a";
  const profile = await all.loadProfile(userId, "nl");
  const key = all.loadProfile.key(userId, "nl");
  const stored = await all.userProfile.get(key);
  await all.userProfile.set(key, { displayName: "planted" });
  const takenApart = await all.profileOf({ user: { id: userId }, locale: "nl" });
  const purged = [await all.loadProfile.purge(userId, "nl"), await all.profileOf.purge({ user: { id: userId }, locale: "nl" })];
  const log = [];
  const note = (message) => log.push(message);
  const stock = [await all.stockOf(note, { id: 3 }), await all.stockOf(note, { id: 3 }), await all.stockOf.refresh(note, { id: 3 })];
  await all.everything.set({}, 7);
  const counted = [await all.countAll(), await all.countAll.refresh()];
  const found = await all.searchFor({ words: ["b", "c"], page: 0 });
  const words = await all.wordsIn(1, "x", "y");
  const rates = [all.rateOf("abc"), all.rate.get({ rate: "abc" }), all.rateOf.purge("abc")];
  const bytes = [...await all.blobOf("id")];
  const utrecht = { city: "Utrecht", stockOf: async function ({ id }) { calls++; return this.city.length + id; } };
  let calls = 0;
  const inUtrecht = all.stockIn(utrecht);
  const stockIn = [await inUtrecht({ id: 3 }), await all.stockIn({ ...utrecht, city: "Leiden" })({ id: 3 })];
  calls = 0;
  stockIn.push(await all.stockIn({ ...utrecht })({ id: 3 }), calls + Number(await inUtrecht.purge({ id: 3 })));
  const cities = await all.cities();
  const visits = [all.visitsOf({ of: (text) => text.length })("four"), all.rate.get({ rate: "four" }), all.visitsOf({}).purge("four")];
  const remote = [(await all.remoteStockOf({ stockOf: async (id) => ({ id, left: 5 }) })(1)).left, (await all.remoteStockOfCache.get({ id: 1 })).id];
  await all.caches.close();
  return { stockIn, cities, visits, remote, profile, stored, key, takenApart, purged, stock, log, counted, found, words, rates, bytes };
}`;

const batchScript = `async () => {
  const all = await load();
  const profiles = await Promise.allSettled([["a", "nl"], ["a", "en"], ["gone", "nl"], ["broken", "nl"]].map((call) => all.loadProfile(...call)));
  const names = await Promise.all(["a", "b", "a"].map((id) => all.nameOf(id)));
  const stored = [await all.nameOfCache.get(all.nameOf.key("a")), await all.nameOfCache.get({ id: "c" }) ?? null];
  const purged = [await all.nameOf.purge("b"), await all.nameOf.purge("b")];
  const takenApart = await all.profileOf({ user: { id: "b" }, locale: "nl" });
  const note = () => { throw new Error("the function itself is not called"); };
  const stock = await Promise.all([all.stockOf(note, { id: 3 }), all.stockOf.refresh(note, { id: 4 }, true)]);
  const words = await Promise.all([all.wordsIn(1, "x", "y"), all.wordsIn(0, "x", "y")]);
  const found = await all.searchFor({ words: ["b", "c"], page: 0 });
  const asked = [];
  const utrecht = {
    city: "Utrecht",
    async stocksOf(products) {
      asked.push(products.map(({ id }) => id));
      return products.map(({ id }) => id + this.city.length);
    },
  };
  const stockIn = await Promise.all([all.stockIn(utrecht)({ id: 3 }), all.stockIn(utrecht)({ id: 4 })]);
  stockIn.push(Number(await all.stockIn(utrecht).purge({ id: 3 })));
  const remote = (await all.remoteStockOf({})(7)).id;
  await all.caches.close();
  return {
    profiles: profiles.map(({ value, reason }) => value ?? reason?.message ?? null),
    names, key: all.nameOf.key("a"), stored, purged, takenApart, stock, words, found, stockIn, asked, remote,
  };
}`;

const madeScript = `async () => {
  const all = await load();
  const args = ["x", new Date(0), "long", false, { pages: 2, tags: ["a"] }];
  const order = [await all.loadOrder(...args), await all.loadOrderCache.get(all.loadOrder.key(...args))];
  const key = all.loadOrderCache.keyOf(all.loadOrder.key(...args));
  args[3] = true;
  const paid = [await all.loadOrder(...args) ?? null, await all.loadOrderCache.get(all.loadOrder.key(...args)) ?? null];
  const logged = [];
  const filter = { customer: { id: 0n } };
  const orders = [await all.ordersOf(filter, (text) => logged.push(text)), await all.ordersOf(filter, (text) => logged.push(text))];
  const found = [...await all.all()];
  const slugs = [all.slugOf("A B"), all.slugOfCache.get({ title: "A B" })];
  const greeting = [await all.greet("x"), await all.greeting.get({ name: "x" })];
  await all.caches.close();
  return { order, key, paid, orders, logged, all: found, slugs, greeting };
}`;

const importScript = (names: readonly string[]): string => `async () => {
  const seen = [];
  for (const name of ${JSON.stringify(names)}) {
    const read = [];
    const note = (name) => {
      // Node's own loader asks for these at every module.
      if (name !== "WATCH_REPORT_DEPENDENCIES" && name !== "NODE_V8_COVERAGE") read.push(String(name));
    };
    process.env = new Proxy({}, { get: (_, name) => note(name), has: (_, name) => note(name) ?? false });
    await load(name);
    // Requests are files that the loader reads; whatever else is there would keep the process alive, or do something later.
    const opened = process.getActiveResourcesInfo().filter((kind) => !kind.endsWith("Req") && !kind.endsWith("ReqPromise"));
    seen.push({ name, read, opened });
  }
  return seen;
}`;
