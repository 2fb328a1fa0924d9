import type { CodeBlockWriter, JSDocStructure, OptionalKind } from "ts-morph";

/** Makes text safe inside a block comment: it cannot close the comment, end a line or start a tag of its own. */
export function commentText(text: string): string {
  return text
    .replaceAll("*/", "*\\/")
    .replace(/(?![\n\t])[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/(^|\n)(\s*)@/g, "$1$2\\@")
    .replaceAll("{@", "{\\@");
}

/** A doc comment of some paragraphs and tags, as ts-morph takes it; none without text. */
export function docs(
  paragraphs: readonly (string | undefined)[],
  tags: readonly { readonly name: string; readonly text: string }[] = [],
): OptionalKind<JSDocStructure>[] {
  const text = paragraphs
    .filter((paragraph) => paragraph !== undefined && paragraph !== "")
    .map((paragraph) => commentText(paragraph ?? ""));
  // As text: ts-morph closes the comment before a tag when the description holds an opening one.
  if (tags.length > 0) text.push(tags.map((tag) => `@${tag.name} ${commentText(tag.text)}`).join("\n"));
  return text.length === 0 ? [] : [{ description: text.join("\n\n") }];
}

/** The `@deprecated` tag of an element, if it is deprecated. */
export function deprecation(element: {
  readonly deprecated: boolean;
}): readonly { readonly name: string; readonly text: string }[] {
  return element.deprecated ? [{ name: "deprecated", text: "Marked so in the schema." }] : [];
}

/** Writes a doc comment; nothing without text. */
export function writeDoc(writer: CodeBlockWriter, text: string): void {
  if (text === "") return;
  const lines = commentText(text).split("\n");
  if (lines.length === 1) {
    writer.writeLine(`/** ${lines[0]} */`);
    return;
  }
  writer.writeLine("/**");
  for (const line of lines) writer.writeLine(line === "" ? " *" : ` * ${line}`);
  writer.writeLine(" */");
}
