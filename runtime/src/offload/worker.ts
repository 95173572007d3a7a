import { chainSteps } from "../serializers/chain.ts";
import { serializerFromUrl } from "../serializers/from-url.ts";
import type { Serializer } from "../serializers/serializer.ts";
import { utf8 } from "../serializers/utf8.ts";
import { packError } from "./moved-error.ts";
import { packValue, unpackValue } from "./moved-value.ts";
import { loadPiscina } from "./piscina.ts";
import { Survey } from "./survey.ts";
import type { MovedSteps, Reply, Task } from "./task.ts";

const pipelines = new Map<string, Serializer>();

/** What runs in a worker thread: the pool calls it by its name, for each task. */
export function runTask(task: Task): Reply | object {
  const reply = replyTo(task);
  return reply instanceof Uint8Array ? moved(reply) : reply;
}

function replyTo({ steps, direction, input }: Task): Reply {
  try {
    const pipeline = pipelineOf(steps);
    if (direction === "serialize") {
      // What is moved ends in bytes.
      return pipeline.serialize(steps.takes === "value" ? unpackValue(input as Uint8Array) : input) as Uint8Array;
    }
    const made = pipeline.deserialize(input);
    return steps.takes === "value" ? pack(made) : (made as string | Uint8Array);
  } catch (error) {
    return { error: packError(error) };
  }
}

function pack(value: unknown): Uint8Array {
  const survey = new Survey();
  if (!survey.visit(value)) throw new Error("This value cannot be handed to another thread.");
  return packValue(value, survey);
}

function pipelineOf({ urls, takes }: MovedSteps): Serializer {
  const name = [takes, ...urls].join(" ");
  const known = pipelines.get(name);
  if (known !== undefined) return known;
  const steps = urls.map((url): Serializer => serializerFromUrl(url));
  const pipeline = chainSteps(takes === "text" ? [utf8, ...steps] : steps);
  pipelines.set(name, pipeline);
  return pipeline;
}

/** Bytes that are handed over without a copy. Those that look into a larger buffer would take all of it along. */
function moved(bytes: Uint8Array): object {
  return loadPiscina().move(bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes));
}
