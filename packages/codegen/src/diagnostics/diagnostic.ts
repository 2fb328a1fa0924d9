import type { ApiModel, ElementModel, SourcePosition } from "../model/api-model.ts";

/** A finding about the schema. */
export interface Diagnostic {
  /** Stable code, such as `NK101`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly source: SourcePosition;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** One kind of check: reads the model, gives findings. */
export type Check = (model: ApiModel) => readonly Diagnostic[];

/** A finding of severity error at an element. */
export function errorAt(element: Pick<ElementModel, "source">, code: string, message: string, fix: string): Diagnostic {
  return { code, severity: "error", source: element.source, message, fix };
}

/** Ways to print findings. */
export type DiagnosticFormat = "text" | "json" | "github-actions";

/** Prints findings, one a line, in the order of their positions. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], format: DiagnosticFormat): string {
  return sortDiagnostics(diagnostics)
    .map((item) => formatOne(item, format))
    .join("\n");
}

/** Orders findings by file, line, column and code. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      (a.source.file < b.source.file ? -1 : a.source.file > b.source.file ? 1 : 0) ||
      a.source.line - b.source.line ||
      a.source.column - b.source.column ||
      (a.code < b.code ? -1 : 1),
  );
}

function formatOne({ code, severity, source, message, fix }: Diagnostic, format: DiagnosticFormat): string {
  switch (format) {
    case "json":
      return JSON.stringify({
        file: source.file,
        line: source.line,
        column: source.column,
        severity,
        code,
        message,
        fix,
      });
    case "github-actions": {
      const place = `file=${escapeProperty(source.file)},line=${source.line},col=${source.column},title=${escapeProperty(code)}`;
      return `::${severity} ${place}::${escapeData(`${message} ${fix}`)}`;
    }
    case "text":
      return `${source.file}:${source.line}:${source.column}: ${severity} ${code}: ${message}\n  ${fix}`;
  }
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
