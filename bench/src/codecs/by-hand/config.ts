import type { Config, Feature, Service, Setting } from "../../payloads/config.ts";
import type { Codec } from "../codec.ts";
import {
  type Bytes,
  byteAt,
  next,
  readLength,
  readNumber,
  slabFor,
  textOf,
  viewOf,
  writeLength,
  writeNumber,
} from "./wire.ts";

// D: no text of it has more than 127 characters.

const audienceNames = ["staff", "beta", "partners", "everybody"] as const;

export const configByHand: Codec = {
  encode(value) {
    const { tenant, version, features, settings, services, labels } = value as Config;
    const { bytes, used: start } = slabFor(0x4000);
    let text = tenant;
    let position = start;
    bytes[position++] = tenant.length;
    position = writeNumber(bytes, position, version);
    const featureNames = Object.keys(features);
    position = writeLength(bytes, position, featureNames.length);
    for (let at = 0; at < featureNames.length; at++) {
      const name = featureNames[at] as string;
      const { isEnabled, rolloutPercent, owner, audiences, expiresAt } = features[name] as Feature;
      text += name;
      bytes[position++] = name.length;
      bytes[position++] = (isEnabled ? 1 : 0) | (expiresAt === undefined ? 0 : 2) | (audiences.length << 2);
      position = writeNumber(bytes, position, rolloutPercent);
      text += owner;
      bytes[position++] = owner.length;
      for (let index = 0; index < audiences.length; index++) {
        const audience = audiences[index];
        bytes[position++] = audience === "staff" ? 0 : audience === "beta" ? 1 : audience === "partners" ? 2 : 3;
      }
      if (expiresAt !== undefined) {
        text += expiresAt;
        bytes[position++] = expiresAt.length;
      }
    }
    const settingNames = Object.keys(settings);
    position = writeLength(bytes, position, settingNames.length);
    for (let at = 0; at < settingNames.length; at++) {
      const name = settingNames[at] as string;
      const setting = settings[name] as Setting;
      text += name;
      bytes[position++] = name.length;
      if (typeof setting === "string") {
        bytes[position++] = 0;
        text += setting;
        bytes[position++] = setting.length;
      } else if (typeof setting === "number") {
        bytes[position++] = 1;
        position = writeNumber(bytes, position, setting);
      } else if (typeof setting === "boolean") {
        bytes[position++] = setting ? 3 : 2;
      } else {
        bytes[position++] = 4 + setting.length;
        for (let index = 0; index < setting.length; index++) {
          const item = setting[index] as string;
          text += item;
          bytes[position++] = item.length;
        }
      }
    }
    const serviceNames = Object.keys(services);
    position = writeLength(bytes, position, serviceNames.length);
    for (let at = 0; at < serviceNames.length; at++) {
      const name = serviceNames[at] as string;
      const service = services[name] as Service;
      text += name;
      bytes[position++] = name.length;
      if (service.kind === "http") {
        bytes[position++] = 0;
        text += service.baseUrl;
        bytes[position++] = service.baseUrl.length;
        position = writeNumber(bytes, position, service.timeoutMs);
        position = writeNumber(bytes, position, service.retries);
      } else {
        bytes[position++] = service.isOrdered ? 2 : 1;
        text += service.topic;
        bytes[position++] = service.topic.length;
        position = writeNumber(bytes, position, service.concurrency);
      }
    }
    const labelNames = Object.keys(labels);
    position = writeLength(bytes, position, labelNames.length);
    for (let at = 0; at < labelNames.length; at++) {
      const name = labelNames[at] as string;
      const label = labels[name] as string;
      text += name;
      bytes[position++] = name.length;
      text += label;
      bytes[position++] = label.length;
    }
    return viewOf(position, text);
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const text = textOf(bytes);
    let cursor = 0;
    const tenant = text.substring(cursor, (cursor += byteAt(bytes, 0)));
    const version = readNumber(bytes, 1);
    const features: Record<string, unknown> = {};
    const featureCount = readLength(bytes, next.position);
    let { position } = next;
    for (let at = 0; at < featureCount; at++) {
      const name = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const bits = byteAt(bytes, position++);
      const rolloutPercent = readNumber(bytes, position);
      position = next.position;
      const owner = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const audiences = new Array<unknown>(bits >> 2);
      for (let index = 0; index < audiences.length; index++)
        audiences[index] = audienceNames[byteAt(bytes, position++)];
      const isEnabled = (bits & 1) === 1;
      features[name] =
        (bits & 2) === 0
          ? { isEnabled, rolloutPercent, owner, audiences }
          : {
              isEnabled,
              rolloutPercent,
              owner,
              audiences,
              expiresAt: text.substring(cursor, (cursor += byteAt(bytes, position++))),
            };
    }
    const settings: Record<string, unknown> = {};
    const settingCount = readLength(bytes, position);
    position = next.position;
    for (let at = 0; at < settingCount; at++) {
      const name = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const kind = byteAt(bytes, position++);
      if (kind === 0) {
        settings[name] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      } else if (kind === 1) {
        settings[name] = readNumber(bytes, position);
        position = next.position;
      } else if (kind < 4) {
        settings[name] = kind === 3;
      } else {
        const items = new Array<string>(kind - 4);
        for (let index = 0; index < items.length; index++) {
          items[index] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
        }
        settings[name] = items;
      }
    }
    const services: Record<string, unknown> = {};
    const serviceCount = readLength(bytes, position);
    position = next.position;
    for (let at = 0; at < serviceCount; at++) {
      const name = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const kind = byteAt(bytes, position++);
      const first = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const second = readNumber(bytes, position);
      services[name] =
        kind === 0
          ? { kind: "http", baseUrl: first, timeoutMs: second, retries: readNumber(bytes, next.position) }
          : { kind: "queue", topic: first, concurrency: second, isOrdered: kind === 2 };
      position = next.position;
    }
    const labels: Record<string, unknown> = {};
    const labelCount = readLength(bytes, position);
    position = next.position;
    for (let at = 0; at < labelCount; at++) {
      const name = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      labels[name] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
    }
    return { tenant, version, features, settings, services, labels };
  },
};
