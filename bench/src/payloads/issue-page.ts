import type { Random } from "./random.ts";

interface Account {
  readonly login: string;
  readonly id: number;
  readonly node_id: string;
  readonly avatar_url: string;
  readonly html_url: string;
  readonly type: "User" | "Bot" | "Organization";
  readonly site_admin: boolean;
}

/** 30 issues as the API of a forge answers with them: long names, many URLs, much that is null. */
export type IssuePage = readonly {
  readonly id: number;
  readonly node_id: string;
  readonly url: string;
  readonly html_url: string;
  readonly number: number;
  readonly state: "open" | "closed";
  readonly state_reason: "completed" | "not_planned" | "reopened" | null;
  readonly title: string;
  readonly body: string | null;
  readonly user: Account;
  readonly labels: readonly {
    readonly id: number;
    readonly name: string;
    readonly color: string;
    readonly default: boolean;
  }[];
  readonly assignee: Account | null;
  readonly locked: boolean;
  readonly comments: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly author_association: "OWNER" | "MEMBER" | "CONTRIBUTOR" | "NONE";
  readonly reactions: { readonly total_count: number; readonly thumbs_up: number; readonly thumbs_down: number };
}[];

const api = "https://api.forge.example/repos/cachetory/cachetory";

export function makeIssuePage(random: Random): IssuePage {
  return random.many(30, () => {
    const number = random.below(5000);
    const isClosed = random.once(2);
    return {
      id: 1e9 + random.below(1e9),
      node_id: `I_${random.hex(20)}`,
      url: `${api}/issues/${number}`,
      html_url: `https://forge.example/cachetory/cachetory/issues/${number}`,
      number,
      state: isClosed ? "closed" : "open",
      state_reason: isClosed ? random.pick(["completed", "not_planned"]) : null,
      title: random.words(7),
      body: random.once(8) ? null : random.words(60),
      user: makeAccount(random),
      labels: random.many(random.below(4), () => ({
        id: random.below(1e9),
        name: random.words(1),
        color: random.hex(6),
        default: random.once(4),
      })),
      assignee: random.once(3) ? makeAccount(random) : null,
      locked: random.once(30),
      comments: random.below(40),
      created_at: seconds(random),
      updated_at: seconds(random),
      closed_at: isClosed ? seconds(random) : null,
      author_association: random.pick(["OWNER", "MEMBER", "CONTRIBUTOR", "NONE"]),
      reactions: { total_count: random.below(9), thumbs_up: random.below(9), thumbs_down: random.below(2) },
    };
  });
}

/** Such APIs leave out the milliseconds. */
function seconds(random: Random): string {
  return random.isoDate().replace(/\.\d+/, "");
}

function makeAccount(random: Random): Account {
  const login = `${random.words(1)}${random.below(100)}`;
  return {
    login,
    id: random.below(1e8),
    node_id: `U_${random.hex(16)}`,
    avatar_url: `https://avatars.forge.example/u/${random.below(1e8)}?v=4`,
    html_url: `https://forge.example/${login}`,
    type: random.once(9) ? "Bot" : "User",
    site_admin: false,
  };
}
