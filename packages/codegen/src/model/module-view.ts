import type { ApiModel, EnumModel, FieldModel, MessageModel, MethodKind, PlatformName } from "./api-model.ts";
import { messageIndex } from "./select-packages.ts";

/** An entry of the callback module. */
export interface ModuleEntryModel {
  readonly name: string;
  readonly kind: MethodKind | "listener";
  readonly platforms: readonly PlatformName[];
  readonly since: string;
  /** `message.sendText`, or the event's name for a listener. */
  readonly target: string;
  /** The module adds `status: true` to the result. */
  readonly status: boolean;
  readonly request?: MessageModel;
  readonly result: MessageModel;
  readonly text: { readonly en: string; readonly zh: string };
  readonly source: FieldModel["source"];
  readonly errors: readonly number[];
}

/** A field as the module shows it: inlined messages replaced by their fields, extensions left out. */
export interface ModuleViewField {
  readonly name: string;
  readonly field: FieldModel;
  /** Set if the field and everything that it was inlined from is always there. */
  readonly always: boolean;
}

/** All entries of the module: methods in the order of the schema, then listeners. */
export function moduleEntries(model: ApiModel): readonly ModuleEntryModel[] {
  const messages = messageIndex(model);
  const entries: ModuleEntryModel[] = [];
  for (const method of model.services.flatMap((service) => service.methods)) {
    const request = messages.get(method.input);
    const result = messages.get(method.output);
    if (!method.module || !request || !result) continue;
    const { name, kind, platforms, since } = method.module;
    const status = kind !== "synchronous" && !hasStatus(result, messages);
    entries.push({
      name,
      kind,
      platforms,
      since,
      target: method.rpcName,
      status,
      request,
      result,
      text: method.text,
      source: method.source,
      errors: method.errors,
    });
  }
  for (const event of model.events) {
    const result = messages.get(event.message);
    if (!event.listener || !result) continue;
    const { name, platforms, since } = event.listener;
    const status = event.listener.status && !hasStatus(result, messages);
    entries.push({
      name,
      kind: "listener",
      platforms,
      since,
      target: event.localName,
      status,
      result,
      text: event.text,
      source: event.source,
      errors: [],
    });
  }
  return entries;
}

/** The fields of a message as the module shows them. */
export function moduleView(
  message: MessageModel,
  messages: ReadonlyMap<string, MessageModel>,
  parentAlways = true,
): readonly ModuleViewField[] {
  return message.fields.flatMap((field): readonly ModuleViewField[] => {
    if (field.module.extension) return [];
    const always = parentAlways && (field.required || field.repeated);
    if (field.module.inline && field.type.kind === "message") {
      const inner = messages.get(field.type.typeName);
      return inner ? moduleView(inner, messages, always) : [];
    }
    return [{ name: field.module.name, field, always }];
  });
}

function hasStatus(message: MessageModel, messages: ReadonlyMap<string, MessageModel>): boolean {
  return moduleView(message, messages).some((item) => item.name === "status");
}

/** True if the module gives strings, or numbers that differ by platform, instead of the wire numbers. */
export function enumDiffers(type: EnumModel): "strings" | "numbers" | "no" {
  if (type.values.some((value) => value.moduleName !== undefined)) return "strings";
  return type.values.some((value) => value.ios !== undefined || value.android !== undefined) ? "numbers" : "no";
}
