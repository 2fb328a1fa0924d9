import type { DescEnum, DescMessage, DescService } from "@bufbuild/protobuf";
import { wktPublicImportPaths } from "@bufbuild/protobuf/codegenv2";
import {
  EnumOptionsSchema,
  EnumValueOptionsSchema,
  MessageOptionsSchema,
  MethodOptions_IdempotencyLevel,
  MethodOptionsSchema,
  OneofOptionsSchema,
  ServiceOptionsSchema,
} from "@bufbuild/protobuf/wkt";

import type { MessageNames } from "../names.ts";
import type {
  EnumModel,
  EnumValueModel,
  ErrorModel,
  MessageModel,
  MethodKind,
  MethodModel,
  ServiceModel,
} from "./api-model.ts";
import { type BuildContext, buildField, messagePath, nestedPath } from "./build-field.ts";
import {
  asNumber,
  asNumbers,
  asPlatforms,
  asString,
  asStrings,
  nimkitOption,
  readOptions,
  validationRules,
} from "./options.ts";

/** Builds a message without its role, which follows from all services. */
export function buildMessage(
  message: DescMessage,
  names: MessageNames,
  context: BuildContext,
): Omit<MessageModel, "role"> {
  const path = messagePath(message);
  const options = readOptions(MessageOptionsSchema, message.proto.options, context.registry);
  return {
    name: message.name,
    source: context.source.position(path),
    text: { en: context.source.comment(path), zh: asString(nimkitOption(options, "message").zh) },
    deprecated: message.deprecated,
    typeName: message.typeName,
    package: message.file.proto.package,
    file: message.file.name,
    shapeName: names.shapes.get(message.typeName) ?? message.name,
    schemaName: names.schemas.get(message.typeName) ?? `${message.name}Schema`,
    wellKnown: isWellKnown(message),
    fields: message.fields.map((field) =>
      buildField(field, [...path, 2, message.proto.field.indexOf(field.proto)], context),
    ),
    oneofs: message.oneofs.map((oneof) => {
      const oneofPath = [...path, 8, message.proto.oneofDecl.indexOf(oneof.proto)];
      const oneofOptions = readOptions(OneofOptionsSchema, oneof.proto.options, context.registry);
      return {
        name: oneof.name,
        source: context.source.position(oneofPath),
        text: { en: context.source.comment(oneofPath), zh: "" },
        deprecated: false,
        localName: oneof.localName,
        required: validationRules(oneofOptions, "oneof").required === true,
      };
    }),
  };
}

function isWellKnown(type: DescMessage | DescEnum): boolean {
  return wktPublicImportPaths[type.file.proto.name] !== undefined;
}

/** Builds an enum, and the error codes among its values. */
export function buildEnum(
  type: DescEnum,
  names: MessageNames,
  context: BuildContext,
): { model: EnumModel; errors: readonly ErrorModel[] } {
  const siblings = type.parent ? type.parent.proto.enumType : type.file.proto.enumType;
  const path = nestedPath(type.parent, 5, 4, siblings.indexOf(type.proto));
  const options = readOptions(EnumOptionsSchema, type.proto.options, context.registry);
  const errors: ErrorModel[] = [];
  const values = type.values.map((value, index): EnumValueModel => {
    const valuePath = [...path, 2, index];
    const valueOptions = readOptions(EnumValueOptionsSchema, value.proto.options, context.registry);
    const nimkit = nimkitOption(valueOptions, "value");
    const hasError = valueOptions["[nimkit.options.v1.error]"] !== undefined;
    const error = nimkitOption(valueOptions, "error");
    const ios = asNumber(nimkit.ios);
    const android = asNumber(nimkit.android);
    const moduleName = asString(nimkit.name);
    const element = {
      name: value.name,
      source: context.source.position(valuePath),
      text: { en: context.source.comment(valuePath), zh: asString(nimkit.zh) || asString(error.zh) },
      deprecated: value.deprecated,
      number: value.number,
      localName: value.localName,
    };
    if (hasError) {
      const origin = readOrigin(asString(error.origin));
      errors.push({
        ...element,
        ...(origin ? { origin } : {}),
        connect: asString(error.connect),
        success: error.success === true,
      });
    }
    return {
      ...element,
      ...(ios === undefined ? {} : { ios }),
      ...(android === undefined ? {} : { android }),
      ...(moduleName === "" ? {} : { moduleName }),
      platforms: asPlatforms(nimkit.platforms),
      extension: nimkit.extension === true,
    };
  });
  const model: EnumModel = {
    name: type.name,
    source: context.source.position(path),
    text: { en: context.source.comment(path), zh: asString(nimkitOption(options, "enum").zh) },
    deprecated: type.deprecated,
    typeName: type.typeName,
    package: type.file.proto.package,
    file: type.file.name,
    shapeName: names.shapes.get(type.typeName) ?? type.name,
    wellKnown: isWellKnown(type),
    values,
  };
  return { model, errors };
}

function readOrigin(name: string): ErrorModel["origin"] {
  switch (name) {
    case "ORIGIN_WRAPPER":
      return "wrapper";
    case "ORIGIN_IOS_LOCAL":
      return "ios-local";
    case "ORIGIN_ANDROID_LOCAL":
      return "android-local";
    case "ORIGIN_SERVER":
      return "server";
    case "ORIGIN_CALL":
      return "call";
    default:
      return undefined;
  }
}

/** Builds a service; `key` is the name that the client gives it. */
export function buildService(
  service: DescService,
  key: string,
  names: MessageNames,
  context: BuildContext,
): ServiceModel {
  const path = [6, service.file.proto.service.indexOf(service.proto)];
  const options = readOptions(ServiceOptionsSchema, service.proto.options, context.registry);
  return {
    name: service.name,
    source: context.source.position(path),
    text: { en: context.source.comment(path), zh: asString(nimkitOption(options, "service").zh) },
    deprecated: service.deprecated,
    typeName: service.typeName,
    package: service.file.proto.package,
    file: service.file.name,
    key,
    exportName: names.schemas.get(service.typeName) ?? service.name,
    methods: service.methods.map((method, index): MethodModel => {
      const methodPath = [...path, 2, index];
      const methodOptions = readOptions(MethodOptionsSchema, method.proto.options, context.registry);
      const nimkit = nimkitOption(methodOptions, "method");
      const moduleName = asString(nimkit.name);
      return {
        name: method.name,
        source: context.source.position(methodPath),
        text: { en: context.source.comment(methodPath), zh: asString(nimkit.zh) },
        deprecated: method.deprecated,
        localName: method.localName,
        rpcName: `${key}.${method.localName}`,
        path: `/${service.typeName}/${method.name}`,
        input: method.input.typeName,
        output: method.output.typeName,
        stream: streamKind(method.methodKind),
        sideEffects: method.idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
        access: asString(nimkit.access) === "ACCESS_PUBLIC" ? "public" : "device",
        errors: asNumbers(nimkit.errors),
        events: asStrings(nimkit.events),
        ...(moduleName === ""
          ? {}
          : {
              module: {
                name: moduleName,
                kind: moduleKind(asString(nimkit.kind)),
                platforms: asPlatforms(nimkit.platforms),
                since: asString(nimkit.since),
              },
            }),
      };
    }),
  };
}

function streamKind(kind: "unary" | "server_streaming" | "client_streaming" | "bidi_streaming"): MethodModel["stream"] {
  switch (kind) {
    case "unary":
      return "unary";
    case "server_streaming":
      return "server";
    case "client_streaming":
      return "client";
    case "bidi_streaming":
      return "bidi";
  }
}

function moduleKind(kind: string): MethodKind {
  if (kind === "KIND_SYNCHRONOUS") return "synchronous";
  return kind === "KIND_PROGRESS" ? "progress" : "callback";
}
