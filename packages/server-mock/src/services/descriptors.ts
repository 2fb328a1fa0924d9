import {
  createFileRegistry,
  type DescExtension,
  type DescMessage,
  type DescService,
  type FileRegistry,
  fromBinary,
} from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type NimServiceName, nimServices } from "@nimkit/sdk";
import { descriptorImage } from "../gen/descriptor-image.ts";

/** The whole schema: the types of the SDK's copy, with the validation rules and options that it lacks. */
export interface Descriptors {
  readonly registry: FileRegistry;
  /** The services, by the client's names. */
  readonly services: Readonly<Record<NimServiceName, DescService>>;
  /** A message's type by its full name. @throws {Error} when the schema has none of that name. */
  message(typeName: string): DescMessage;
  /** An option's extension by its full name. @throws {Error} when the schema has none of that name. */
  extension(typeName: string): DescExtension;
}

let built: Descriptors | undefined;

/**
 * The schema, read from its image at the first call; it never changes, so all backends of a page share it.
 * protobuf-es compares types by name, so messages made with the SDK's descriptors fit these and the other way round.
 */
export function descriptors(): Descriptors {
  built ??= buildDescriptors();
  return built;
}

function found<T>(value: T | undefined, typeName: string): T {
  if (value === undefined) throw new Error(`${typeName} is not in the schema's image; run npm run generate`);
  return value;
}

function buildDescriptors(): Descriptors {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, base64Decode(descriptorImage)));
  const service = (name: NimServiceName): DescService =>
    found(registry.getService(nimServices[name].typeName), nimServices[name].typeName);
  const names = Object.keys(nimServices) as NimServiceName[];
  return {
    registry,
    services: Object.fromEntries(names.map((name) => [name, service(name)])) as Record<NimServiceName, DescService>,
    message: (typeName) => found(registry.getMessage(typeName), typeName),
    extension: (typeName) => found(registry.getExtension(typeName), typeName),
  };
}
