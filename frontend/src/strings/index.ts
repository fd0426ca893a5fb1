/** Every English word of the page. */

export * from "./asking";
export * from "./counting";
export * from "./decision";
export * from "./documents";
export * from "./evidence";
export * from "./labels";
export * from "./marks";
export * from "./people";
export * from "./report";
export * from "./response";
export * from "./review";
export * from "./run";
export * from "./sorting";
export * from "./taking";
