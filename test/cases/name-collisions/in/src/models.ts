import * as settings from "./settings.js";

export interface Cache {
  readonly own: true;
}
export interface CacheDefinition {
  readonly own: true;
}
export interface Memoizer {
  readonly own: true;
}
export interface UserProfileKey {
  readonly own: true;
}
export interface UserProfileValue {
  readonly own: true;
}
export interface Record {
  readonly own: true;
}
export interface Uint8Array {
  readonly own: true;
}
export type userProfile = { readonly own: true };
export type pattern = { readonly own: true };
export type Settings = typeof settings;
