import { stringLiteral } from "../print/literal.ts";
import type { Output } from "../print/output.ts";
import { exportedConst } from "./emitter.ts";

/** Writes `descriptor-image.ts`: the compiled schema with its rules and options, for servers. */
export function emitDescriptorImage(image: Uint8Array, out: Output): void {
  out
    .file("descriptor-image.ts")
    .add(
      exportedConst(
        "descriptorImage",
        "The schema as a `google.protobuf.FileDescriptorSet` in base64: rules and options, without comments.",
        stringLiteral(Buffer.from(image).toString("base64")),
        "string",
      ),
    );
}
