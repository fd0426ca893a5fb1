import type { Answer, Cancel, ServerSide, Start, Watch } from "./types";

export { assertNever } from "./never";
export type * from "./types";

export type ServerFrame = ServerSide["frame"];
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
/** What a person decided, on its way to the server: one of the words of `Decision`, or what a hosted workflow asks for. */
export type SentDecision = Answer;
export type ClientCommand = Start | Watch | SentDecision | Cancel;
