/** Where an element stands in its `.proto` file. `file` is relative to the working directory; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Text of an element: the proto comment and the Chinese text of its option; empty where there is none. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What every element of the model has. */
export interface ElementModel {
  /** Name as the proto file spells it. */
  readonly name: string;
  readonly source: SourcePosition;
  readonly text: Text;
  readonly deprecated: boolean;
}

/** Platform of the vendor's module. */
export type PlatformName = "ios" | "android";

/** Scalar types of proto. */
export type ScalarName =
  | "double"
  | "float"
  | "int64"
  | "uint64"
  | "int32"
  | "fixed64"
  | "fixed32"
  | "bool"
  | "string"
  | "bytes"
  | "uint32"
  | "sfixed32"
  | "sfixed64"
  | "sint32"
  | "sint64";

/** Type of a field's value or of one of its items. */
export type TypeRef =
  | { readonly kind: "scalar"; readonly scalar: ScalarName; readonly longAsString: boolean }
  | { readonly kind: "message"; readonly typeName: string }
  | { readonly kind: "enum"; readonly typeName: string };

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object that JSON can hold. */
export type JsonMap = { readonly [key: string]: Json };

/** How a field looks in the callback module. */
export interface ModuleFieldModel {
  /** Spelling in the module; the JSON name if the schema gives no other. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly extension: boolean;
  readonly inline: boolean;
  readonly listOfOne: boolean;
  /** The module gives error -1 instead of this list when it is empty. */
  readonly emptyIsError: boolean;
  readonly platforms: readonly PlatformName[];
  readonly since?: string;
}

/** Makes an arm of the event's oneof a listener of the module. */
export interface ListenerModel {
  readonly name: string;
  readonly platforms: readonly PlatformName[];
  readonly since: string;
  readonly status: boolean;
}

/** A field of a message. */
export interface FieldModel extends ElementModel {
  readonly number: number;
  /** Property name in generated TypeScript. */
  readonly localName: string;
  readonly jsonName: string;
  readonly type: TypeRef;
  readonly repeated: boolean;
  /** Type of the key, for a map. */
  readonly mapKey?: ScalarName;
  /** Property name of the oneof that the field is an arm of. */
  readonly oneof?: string;
  readonly presence: "explicit" | "implicit" | "legacy-required";
  /** Must be set, by a validation rule or by proto2's `required`. */
  readonly required: boolean;
  /** Declared default; the number for an enum, a string for 64-bit and infinite numbers. */
  readonly defaultValue?: string | number | boolean;
  /** The field's validation rules as JSON; empty without rules. */
  readonly rules: JsonMap;
  readonly module: ModuleFieldModel;
  readonly listener?: ListenerModel;
  readonly violationCode?: number;
  readonly clientId: boolean;
  readonly unit?: string;
}

/** A oneof of a message. */
export interface OneofModel extends ElementModel {
  readonly localName: string;
  readonly required: boolean;
}

/** A message, nested ones included. */
export interface MessageModel extends ElementModel {
  readonly typeName: string;
  readonly package: string;
  /** Proto file without `.proto`, relative to its module. */
  readonly file: string;
  /** Names that protoc-gen-es gives the type and its descriptor. */
  readonly shapeName: string;
  readonly schemaName: string;
  readonly wellKnown: boolean;
  /** Only the input of rpcs, only the output of rpcs, or anything else. */
  readonly role: "request" | "response" | "data";
  readonly fields: readonly FieldModel[];
  readonly oneofs: readonly OneofModel[];
}

/** A value of an enum. */
export interface EnumValueModel extends ElementModel {
  readonly number: number;
  readonly localName: string;
  readonly ios?: number;
  readonly android?: number;
  /** String that the module gives instead of the number. */
  readonly moduleName?: string;
  readonly platforms: readonly PlatformName[];
  readonly extension: boolean;
}

/** An enum, nested ones included. */
export interface EnumModel extends ElementModel {
  readonly typeName: string;
  readonly package: string;
  readonly file: string;
  readonly shapeName: string;
  readonly wellKnown: boolean;
  readonly values: readonly EnumValueModel[];
}

/** How the callback module calls an entry. */
export type MethodKind = "callback" | "synchronous" | "progress";

/** What the callback module knows of an rpc. */
export interface ModuleMethodModel {
  readonly name: string;
  readonly kind: MethodKind;
  readonly platforms: readonly PlatformName[];
  readonly since: string;
}

/** An rpc. Errors and events are as the schema lists them, known or not. */
export interface MethodModel extends ElementModel {
  readonly localName: string;
  /** `service.method`, such as `message.sendText`. */
  readonly rpcName: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly input: string;
  readonly output: string;
  readonly stream: "unary" | "server" | "client" | "bidi";
  readonly sideEffects: boolean;
  readonly access: "device" | "public";
  readonly errors: readonly number[];
  readonly events: readonly string[];
  readonly module?: ModuleMethodModel;
}

/** A service. */
export interface ServiceModel extends ElementModel {
  readonly typeName: string;
  readonly package: string;
  readonly file: string;
  /** Name that the client gives the service, such as `chatRoom`. */
  readonly key: string;
  /** Name that protoc-gen-es gives its descriptor. */
  readonly exportName: string;
  readonly methods: readonly MethodModel[];
}

/** One arm of the event's oneof. */
export interface EventModel extends ElementModel {
  readonly localName: string;
  readonly message: string;
  readonly listener?: ListenerModel;
}

/** An error code. */
export interface ErrorModel extends ElementModel {
  readonly number: number;
  readonly localName: string;
  readonly origin?: "wrapper" | "ios-local" | "android-local" | "server" | "call";
  readonly connect: string;
  readonly success: boolean;
}

/** Everything that emitters, docs and diagnostics know about an API: plain, readonly, JSON-serialisable. */
export interface ApiModel {
  /** Packages that are emitted, sorted. */
  readonly packages: readonly string[];
  /** Those of the packages that carry Nimkit options: the rules for such a schema are checked there. */
  readonly annotated: readonly string[];
  readonly services: readonly ServiceModel[];
  /** Messages of the packages and every message that these reach. */
  readonly messages: readonly MessageModel[];
  readonly enums: readonly EnumModel[];
  /** Message whose oneof holds the events, if the schema has events. */
  readonly eventMessage?: string;
  readonly events: readonly EventModel[];
  readonly errors: readonly ErrorModel[];
}
