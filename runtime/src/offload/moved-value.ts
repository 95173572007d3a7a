import { movableClasses, type Survey } from "./survey.ts";

/** A value, and those objects in it that are instances: a copy keeps what is the same object, but not its class. */
interface Moved {
  readonly value: unknown;
  readonly instances: readonly (readonly object[])[];
}

/**
 * A value as bytes that another thread of this process makes the same of. It is copied at once: who changes the value
 * afterwards changes nothing.
 *
 * @throws Error where V8 cannot
 */
export function packValue(value: unknown, { instances }: Survey): Uint8Array {
  const writer = new (copiers().Writer)();
  writer.writeHeader();
  writer.writeValue({ value, instances } satisfies Moved);
  return writer.releaseBuffer();
}

export function unpackValue(bytes: Uint8Array): unknown {
  const reader = new (copiers().Reader)(bytes);
  reader.readHeader();
  // Nothing but `packValue` writes for this.
  const { value, instances } = reader.readValue() as Moved;
  for (const [index, { prototype }] of movableClasses.entries()) {
    for (const instance of instances[index] ?? []) Object.setPrototypeOf(instance, prototype);
  }
  return value;
}

type V8 = typeof import("node:v8");

interface Copiers {
  readonly Writer: new () => InstanceType<V8["DefaultSerializer"]>;
  readonly Reader: new (bytes: Uint8Array) => InstanceType<V8["DefaultDeserializer"]>;
}

let made: Copiers | undefined;

/** Made when first used: importing the runtime shall not wait for what only offloading needs. */
function copiers(): Copiers {
  made ??= makeCopiers(process.getBuiltinModule("node:v8"));
  return made;
}

/** Node's own hooks for arrays of bytes would let them all look into the one buffer that is read. */
function makeCopiers({ DefaultSerializer, DefaultDeserializer }: V8): Copiers {
  class Writer extends DefaultSerializer {
    _writeHostObject(bytes: Uint8Array): void {
      this.writeUint32(bytes.byteLength);
      this.writeRawBytes(bytes);
    }
  }
  class Reader extends DefaultDeserializer {
    _readHostObject(): Uint8Array {
      return new Uint8Array(this.readRawBytes(this.readUint32()));
    }
  }
  return { Writer, Reader };
}
