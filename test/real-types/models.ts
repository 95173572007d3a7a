// Types as applications make them of packages' own: inferred from schemas, and by deep generics.
import type { components } from "@octokit/openapi-types";
import type { PullRequestEvent } from "@octokit/webhooks-types";
import type { APIGatewayProxyEventV2, SQSEvent } from "aws-lambda";
import type { APIMessage } from "discord-api-types/v10";
import type { Program } from "estree";
import type { FeatureCollection, Point } from "geojson";
import type {
  CamelCasedPropertiesDeep,
  Jsonify,
  MergeDeep,
  PartialDeep,
  Paths,
  ReadonlyDeep,
  RequiredDeep,
  SetRequired,
  Tagged,
} from "type-fest";
import { z } from "zod";

export const address = z.object({ street: z.string(), city: z.string(), zip: z.string().brand("Zip") });

export const order = z.object({
  id: z.uuid(),
  address,
  billing: address.partial().nullable(),
  lines: z.array(z.object({ sku: z.string(), count: z.number().int().default(1), tags: z.set(z.string()) })),
  state: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("open") }),
    z.object({ kind: z.literal("paid"), at: z.date() }),
  ]),
  notes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

interface CommentInput {
  text: string;
  replies: CommentInput[];
}
export const comment: z.ZodType<CommentInput> = z.lazy(() => z.object({ text: z.string(), replies: z.array(comment) }));

export type Order = z.infer<typeof order>;
export type OrderInput = z.input<typeof order>;
export type OrderWithoutState = Omit<Order, "state">;
export type Comment = z.infer<typeof comment>;
export type AnySchema = z.infer<z.ZodAny>;
export type Loose = z.infer<ReturnType<typeof loose>>;
const loose = () => z.looseObject({ id: z.string() });

export type Repository = components["schemas"]["full-repository"];
export type RepositoryCamel = CamelCasedPropertiesDeep<Pick<Repository, "id" | "full_name" | "owner" | "license">>;
export type RepositoryReadonly = ReadonlyDeep<Repository>;
export type RepositoryPartial = PartialDeep<Repository>;
export type RepositoryRequired = RequiredDeep<Pick<Repository, "license" | "owner" | "permissions">>;
export type PullRequestJson = Jsonify<PullRequestEvent>;
export type Places = FeatureCollection<Point, { name: string }>;
export type PlacesReadonly = ReadonlyDeep<Places>;
export type OrderJson = Jsonify<Omit<Order, "lines">>;
export type OrderPaths = Paths<OrderWithoutState>;
export type OrderMerged = MergeDeep<OrderWithoutState, { address: { country: "nl" | "be" } }>;
export type OrderRequired = SetRequired<OrderInput, "notes">;
export type OrderId = Tagged<string, "OrderId">;
export type Message = Pick<APIMessage, "id" | "content" | "author" | "embeds" | "components">;
export type Tree = Program;
export type Body = NonNullable<APIGatewayProxyEventV2["body"]>;
export type Records = SQSEvent["Records"][number]["attributes"];
export type ByState = { [Kind in Order["state"]["kind"]]: Extract<Order["state"], { kind: Kind }> };
