/** What ajv says of a value that does not fit the schema; only what is read here. */
export interface SchemaError {
  /** JSON pointer to the value to blame. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A compiled schema: answers whether the value fits, and keeps what does not in `errors`. */
export interface SchemaValidator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
