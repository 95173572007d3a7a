import { ts } from "ts-morph";
import { compilerMessage } from "./compiler-message.ts";

/** A parsed type expression: its text with every name that is not its own. */
export interface TypeExpression {
  /** In order, white space normalised, comments left out. */
  readonly text: readonly (string | Reference)[];
}

/** A name that the expression takes from outside; of a qualified name, the first part. */
export interface Reference {
  readonly name: string;
  readonly meaning: Meaning;
}

export type Meaning = "type" | "namespace" | "value";

interface ExpressionProblem {
  readonly message: string;
  readonly hint?: string;
}

const head = "type T =\n";

/** Reads one TypeScript type; what is more, less or something else is a problem. */
export function parseTypeExpression(expression: string): TypeExpression | ExpressionProblem {
  const source = ts.createSourceFile("expression.ts", `${head}${expression}\n;`, ts.ScriptTarget.Latest, true);
  const syntax = syntaxProblem(source);
  if (syntax !== undefined) return { message: syntax };
  const [statement, ...others] = source.statements;
  if (statement === undefined || others.length > 0 || !ts.isTypeAliasDeclaration(statement)) {
    return { message: "it goes on after the end of the type" };
  }
  if (contains(statement.type, ts.isImportTypeNode)) {
    return {
      message: "import() cannot be used here",
      hint: "Name the module beside the type: ./file.ts#Type, or { type: …, from: ./file.ts }",
    };
  }
  return { text: textParts(statement.type, source) };
}

function syntaxProblem(source: ts.SourceFile): string | undefined {
  // The compiler keeps them on every file it parses; only its declarations leave the property out.
  const { parseDiagnostics } = source as ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const first = parseDiagnostics[0];
  if (first === undefined) return undefined;
  const message = compilerMessage(first);
  return message === "';' expected" ? "it goes on after the end of the type" : message;
}

function contains(node: ts.Node, test: (node: ts.Node) => boolean): boolean {
  return test(node) || ts.forEachChild(node, (child) => contains(child, test) || undefined) === true;
}

function textParts(type: ts.TypeNode, source: ts.SourceFile): readonly (string | Reference)[] {
  const parts: (string | Reference)[] = [];
  let text = "";
  let end = type.getStart(source);
  const addToken = (token: ts.Node): void => {
    const start = token.getStart(source);
    // Not only trivia: of `A<<T>() => T>` the compiler's own tokens leave out the first `<`.
    text += withoutTrivia(source.text.slice(end, start));
    end = token.getEnd();
    const reference = ts.isIdentifier(token) ? referenceOf(token) : undefined;
    if (reference === undefined) {
      text += token.getText(source);
      return;
    }
    if (text !== "") parts.push(text);
    text = "";
    parts.push(reference);
  };
  const add = (node: ts.Node): void => {
    const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
    if (ts.isTypeLiteralNode(node)) {
      for (const child of children) {
        if (child.kind === ts.SyntaxKind.SyntaxList) addMembers(child);
        else add(child);
      }
    } else if (children.length > 0) for (const child of children) add(child);
    else if (node.kind !== ts.SyntaxKind.SyntaxList) addToken(node);
  };
  const addMembers = (list: ts.Node): void => {
    const members = list.getChildren(source);
    for (const [index, member] of members.entries()) {
      add(member);
      // A line break may stand for the semicolon; the text has no line breaks.
      if (index < members.length - 1 && !/[;,]$/.test(member.getText(source))) text += ";";
    }
  };
  add(type);
  if (text !== "") parts.push(text);
  return parts;
}

/** Comments and white space as one space; there are no literals in `gap`. */
function withoutTrivia(gap: string): string {
  return gap.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, " ").replace(/\s+/g, " ");
}

function referenceOf(identifier: ts.Identifier): Reference | undefined {
  const meaning = meaningOf(identifier);
  if (meaning === undefined || isOwn(identifier, meaning)) return undefined;
  return { name: identifier.text, meaning };
}

/** What an identifier refers to; `undefined` where it refers to nothing outside, as the name of a property does. */
function meaningOf(identifier: ts.Identifier): Meaning | undefined {
  const { parent } = identifier;
  if (ts.isTypeReferenceNode(parent)) return "type";
  if (ts.isTypeQueryNode(parent) || ts.isComputedPropertyName(parent)) return "value";
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier ? "value" : undefined;
  if (!ts.isQualifiedName(parent) || parent.left !== identifier) return undefined;
  let whole: ts.Node = parent;
  while (ts.isQualifiedName(whole)) whole = whole.parent;
  return ts.isTypeQueryNode(whole) ? "value" : "namespace";
}

/** Whether the expression declares the name itself: a type parameter, an `infer`, the key of a mapped type. */
function isOwn(identifier: ts.Identifier, meaning: Meaning): boolean {
  const { text: name } = identifier;
  for (let node: ts.Node = identifier; !ts.isSourceFile(node.parent); node = node.parent) {
    const { parent } = node;
    if (ts.isMappedTypeNode(parent) && parent.typeParameter.name.text === name) return true;
    if (ts.isFunctionLike(parent)) {
      if (parent.typeParameters?.some((parameter) => parameter.name.text === name)) return true;
      if (meaning === "value" && parent.parameters.some((parameter) => isNamed(parameter.name, name))) return true;
    }
    if (ts.isConditionalTypeNode(parent) && (node === parent.trueType || node === parent.extendsType)) {
      if (
        contains(parent.extendsType, (child) => ts.isInferTypeNode(child) && isNamed(child.typeParameter.name, name))
      ) {
        return true;
      }
    }
  }
  return false;
}

function isNamed(node: ts.BindingName, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}
