import { fromFileUrl } from "@std/path";
import config from "../../deno.json" with { type: "json" };

/** A tag of a comment, as in `@throws {UsageError} When …`. */
export interface DocTag {
  readonly kind: string;
  readonly doc?: string;
  readonly tsType?: DocType;
}

/** A comment. */
export interface DocComment {
  readonly doc?: string;
  readonly tags?: readonly DocTag[];
}

/** A type, as far as it is looked into. */
export interface DocType {
  readonly repr?: string;
  readonly kind: string;
  readonly value?: unknown;
}

/** A parameter; with a default it is the one that is assigned to. */
export interface DocParameter {
  readonly kind: string;
  readonly name?: string;
  readonly tsType?: DocType;
  readonly left?: DocParameter;
}

interface Signature {
  readonly params: readonly DocParameter[];
  readonly returnType?: DocType;
}

/** A field or a method of a class or an interface. */
export interface DocMember {
  readonly name: string;
  readonly kind?: string;
  readonly jsDoc?: DocComment;
  readonly accessibility?: string;
  readonly optional?: boolean;
  readonly readonly?: boolean;
  readonly isStatic?: boolean;
  readonly tsType?: DocType;
  /** Of an interface's method. */
  readonly params?: readonly DocParameter[];
  readonly returnType?: DocType;
  /** Of a class's method. */
  readonly functionDef?: Signature;
}

/** What an export offers under a name; a reference where another of the exports declares it. */
export interface DocDeclaration {
  readonly kind: string;
  readonly location: { readonly filename: string };
  readonly jsDoc?: DocComment;
  readonly def?: Partial<Signature> & {
    readonly properties?: readonly DocMember[];
    readonly methods?: readonly DocMember[];
    readonly constructors?: readonly DocMember[];
    readonly extends?: string | readonly DocType[];
    readonly implements?: readonly DocType[];
    readonly tsType?: DocType;
  };
}

/** A name of an export. */
export interface DocSymbol {
  /** As in `./dicom`. */
  readonly entry: string;
  readonly name: string;
  readonly declarations: readonly DocDeclaration[];
}

/** A function, or a method that can be called: of a class, or of an interface that can be implemented. */
export interface PublicCall extends Signature {
  /** As in `parseHeader` and `SeriesIndex.open`. */
  readonly name: string;
  readonly comment: DocComment;
  /** The kind of what it stands in: `function` for one that stands alone. */
  readonly kind: "function" | "class" | "interface";
  /** What it stands in; itself where it stands alone. */
  readonly owner: DocSymbol;
}

/** What `deno doc` tells of all exports, each declaration once. */
export class PublicDocs {
  /** The names of all exports. */
  readonly symbols: readonly DocSymbol[];

  private constructor(symbols: readonly DocSymbol[]) {
    this.symbols = symbols;
  }

  /** Has `deno doc` read the exports. */
  static async read(): Promise<PublicDocs> {
    const root = new URL("../../", import.meta.url);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", ...Object.values(config.exports)],
      cwd: fromFileUrl(root),
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const { nodes } = JSON.parse(new TextDecoder().decode(stdout)) as {
      readonly nodes: Readonly<Record<string, { readonly symbols: readonly DocSymbol[] }>>;
    };
    return new PublicDocs(
      Object.entries(config.exports).flatMap(([entry, file]) => {
        return nodes[new URL(file, root).href]!.symbols.map((symbol) => ({ ...symbol, entry }));
      }),
    );
  }

  /** The declarations of a kind, or of several, with the names they stand under. */
  declarations(...kinds: readonly string[]): { symbol: DocSymbol; declaration: DocDeclaration }[] {
    return this.symbols.flatMap((symbol) =>
      symbol.declarations.filter(({ kind }) => kinds.includes(kind))
        .map((declaration) => ({ symbol, declaration }))
    );
  }

  /** All that can be called, getters left out. */
  calls(): PublicCall[] {
    return this.declarations("function", "class", "interface").flatMap(
      ({ symbol, declaration: { kind, jsDoc = {}, def = {} } }): PublicCall[] => {
        const owner = symbol;
        if (kind === "function") {
          const { params = [], returnType } = def;
          return [{ name: symbol.name, comment: jsDoc, kind, owner, ...typed(params, returnType) }];
        }
        const methods = (def.methods ?? []).filter((method) =>
          method.accessibility !== "private" && method.kind !== "getter"
        );
        return methods.map((method) => {
          const { params = [], returnType } = method.functionDef ?? method;
          return {
            name: `${symbol.name}.${method.name}`,
            comment: method.jsDoc ?? {},
            kind: kind as "class" | "interface",
            owner,
            ...typed(params, returnType),
          };
        });
      },
    );
  }

  /** The fields of a type of options, those that it extends included. */
  fields(type: DocType | undefined): ReadonlyMap<string, DocMember> {
    const fields = new Map<string, DocMember>();
    const add = (members: Iterable<DocMember>) => {
      for (const member of members) fields.set(member.name, member);
    };
    if (type?.kind === "typeLiteral") {
      add((type.value as { readonly properties: readonly DocMember[] }).properties);
    } else if (type?.kind === "intersection") {
      for (const part of type.value as readonly DocType[]) add(this.fields(part).values());
    } else if (type?.kind === "typeRef") {
      const { typeName, typeParams = [] } = type.value as {
        readonly typeName: string;
        readonly typeParams?: readonly DocType[];
      };
      // What is picked or left out is never what is asked about here.
      if (/^(Partial|Pick|Omit|Readonly)$/.test(typeName)) return this.fields(typeParams[0]);
      for (const { symbol, declaration: { def } } of this.declarations("interface", "typeAlias")) {
        if (symbol.name !== typeName) continue;
        for (const base of (def?.extends ?? []) as readonly DocType[]) {
          add(this.fields(base).values());
        }
        add(def?.properties ?? []);
        add(this.fields(def?.tsType).values());
      }
    }
    return fields;
  }
}

function typed(params: readonly DocParameter[], returnType: DocType | undefined): Signature {
  return { params, ...(returnType && { returnType }) };
}

/** Whether a call answers later: a promise, or what is iterated over by waiting. */
export function isAsync({ returnType }: Signature): boolean {
  const text = JSON.stringify(returnType ?? null);
  return /"typeName":"(Promise|Async\w+)"/.test(text);
}

/** The type of a parameter, with or without a default. */
export function typeOf(parameter: DocParameter | undefined): DocType | undefined {
  return (parameter?.left ?? parameter)?.tsType;
}
