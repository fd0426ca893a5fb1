/** Every English word of the page. */
export * from "./answer";
export * from "./asking";
export * from "./counting";
export * from "./evidence";
export * from "./labels";
export * from "./report";
export * from "./review";
export * from "./run";
