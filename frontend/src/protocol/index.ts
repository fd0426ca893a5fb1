import type { Answer, Cancel, ServerSide, Start, Watch } from "./types";

export { assertNever } from "./never";
export type * from "./types";

export type ServerFrame = ServerSide["frame"];
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
export type ClientCommand = Start | Watch | Answer | Cancel;
