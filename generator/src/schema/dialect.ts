/** The dialect of JSON Schema that is read and written. */
export const dialect = "https://json-schema.org/draft/2020-12/schema";
