import { deserialize, serialize } from "node:v8";
import { generatedSerializer } from "../generated-caches.ts";
import { codecsByHand } from "./by-hand/by-hand.ts";
import type { Codec, CodecEntrant, CodecSubject } from "./codec.ts";
import { shapeOf } from "./json-schema.ts";

/** What shows what a machine allows, and nobody would write. */
export const byHand = "by hand, unchecked";

/** Who takes part, in the order of the rows. A library is imported by the process of its contender only. */
export const codecEntrants: readonly CodecEntrant[] = [
  { name: "JSON", isLossy: true, open: async () => json },
  { name: "**typed**", open: ({ payload }) => openTyped(payload.name) },
  { name: "**typed, compact**", open: ({ payload }) => openTyped(`${payload.name}Compact`) },
  { name: byHand, open: async ({ payload }) => codecsByHand.get(payload.name) },
  { name: "JSON, checked by ajv", isLossy: true, open: openChecked },
  { name: "v8.serialize", open: async () => ({ encode: serialize, decode: deserialize }) },
  { name: "msgpackr", open: () => openMsgpackr({ useRecords: false }) },
  { name: "msgpackr, shared records", open: () => openMsgpackr({ structures: [] }) },
  { name: "cbor-x", open: openCbor },
  { name: "avsc", isLossy: true, open: openAvro },
  { name: "protobufjs", isLossy: true, open: openProtobuf },
];

const json: Codec = {
  encode: (value) => Buffer.from(JSON.stringify(value)),
  // What is stored is a Buffer for everybody.
  decode: (bytes) => JSON.parse((bytes as Buffer).toString()),
};

async function openTyped(name: string): Promise<Codec> {
  const serializer = await generatedSerializer(name);
  return {
    // It answers with bytes, as what it is stored as is no text.
    encode: (value) => serializer.serialize(value) as Uint8Array,
    decode: (bytes) => serializer.deserialize(bytes),
  };
}

async function openChecked({ schema }: CodecSubject): Promise<Codec | undefined> {
  if (schema === undefined) return undefined;
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const isFit = new Ajv2020({ strict: false }).compile(schema);
  return {
    encode: json.encode,
    decode(bytes) {
      const value = json.decode(bytes);
      if (!isFit(value)) throw new Error("ajv refuses a value of the type.");
      return value;
    },
  };
}

async function openMsgpackr(options: { readonly useRecords?: boolean; readonly structures?: [] }): Promise<Codec> {
  const { Packr } = await import("msgpackr");
  const packr = new Packr(options);
  return { encode: (value) => packr.pack(value), decode: (bytes) => packr.unpack(bytes) };
}

async function openCbor(): Promise<Codec> {
  const { Encoder } = await import("cbor-x");
  const encoder = new Encoder({ structures: [] });
  return { encode: (value) => encoder.encode(value), decode: (bytes) => encoder.decode(bytes as Buffer) };
}

async function openAvro({ schema, values }: CodecSubject): Promise<Codec | undefined> {
  if (schema === undefined) return undefined;
  const [{ default: avro }, { avroSchemaOf }] = await Promise.all([import("avsc"), import("./avro-schema.ts")]);
  const type = avro.Type.forSchema(avroSchemaOf(shapeOf(schema, values)));
  return { encode: (value) => type.toBuffer(value), decode: (bytes) => type.fromBuffer(bytes as Buffer) };
}

async function openProtobuf({ schema, values }: CodecSubject): Promise<Codec | undefined> {
  if (schema === undefined) return undefined;
  const [{ default: protobuf }, { protobufRootOf }] = await Promise.all([
    import("protobufjs"),
    import("./protobuf-root.ts"),
  ]);
  const shape = shapeOf(schema, values);
  const root = protobufRootOf(shape);
  if (root === undefined) return undefined;
  const type = protobuf.Root.fromJSON(root).lookupType("Value");
  if (shape.kind === "record") {
    return {
      encode: (value) => type.encode(value as Record<string, unknown>).finish(),
      decode: (bytes) => type.decode(bytes),
    };
  }
  return {
    encode: (value) => type.encode({ value }).finish(),
    decode: (bytes) => (type.decode(bytes) as unknown as { readonly value: unknown }).value,
  };
}
