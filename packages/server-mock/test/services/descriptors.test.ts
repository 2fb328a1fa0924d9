// Two copies of the schema: the SDK's, and the image with rules and options. They must be one schema.
import { create, type DescFile, type DescMessage, fromBinary, isMessage, toBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { nimServices } from "@nimkit/sdk";
import * as protocol from "@nimkit/sdk/protocol";
import { SendTextRequestSchema } from "@nimkit/sdk/protocol";
import { describe, expect, test } from "vitest";
import { descriptors } from "../../src/services/descriptors.ts";

const files = (Object.entries(protocol) as [string, unknown][])
  .filter(([name]) => name.startsWith("file_nim_"))
  .map(([, file]) => file as DescFile);

/** A file's descriptor without options, and without the imports that only options need. */
function bare(file: DescFile): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== "options")
        .map(([key, item]) => [key, strip(item)]),
    );
  };
  const { dependency, ...rest } = toJson(FileDescriptorProtoSchema, file.proto) as { dependency?: string[] };
  const types = (dependency ?? []).filter((name) => !name.startsWith("buf/") && !name.startsWith("nimkit/options/"));
  return { ...(strip(rest) as object), types };
}

describe("the image and the SDK's copy", () => {
  test("agree in every file, apart from options", () => {
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const full = descriptors().registry.getFile(file.proto.name);
      expect(full && bare(full), file.name).toEqual(bare(file));
    }
  });

  test("have the same services", () => {
    for (const [name, service] of Object.entries(descriptors().services)) {
      const own = nimServices[name as keyof typeof nimServices];
      expect(service.methods.map((method) => method.localName)).toEqual(own.methods.map((method) => method.localName));
    }
  });

  test("take each other's messages, because types are compared by name", () => {
    const full: DescMessage = descriptors().message("nim.v1.SendTextRequest");
    const own = create(SendTextRequestSchema, { sessionId: "1002", content: "hi" });
    expect(isMessage(own, full)).toBe(true);
    expect(create(full, own)).toBe(own);
    expect(toJson(full, own)).toEqual(toJson(SendTextRequestSchema, own));
    expect(fromBinary(SendTextRequestSchema, toBinary(full, own))).toEqual(own);
  });

  test("name what they lack", () => {
    expect(() => descriptors().message("nim.v1.Nothing")).toThrow("nim.v1.Nothing");
  });
});
