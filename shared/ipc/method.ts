import type { z } from 'zod';

/** One callable method: the schema of its payload and the type of its result. */
export interface Method<Payload extends z.ZodType = z.ZodType, Result = unknown> {
  readonly payload: Payload;
  /** Only a type; nothing is stored here. */
  readonly result?: Result;
}

/** Declares a method: `method<Result>()(payloadSchema)`. */
export function method<Result>() {
  return <Payload extends z.ZodType>(payload: Payload): Method<Payload, Result> => ({ payload });
}

/** A feature's methods by name, e.g. `answers.save`. */
export type Feature = Readonly<Record<string, Method>>;

export type PayloadOf<M> = M extends Method<infer Payload, unknown> ? z.input<Payload> : never;
export type ParsedOf<M> = M extends Method<infer Payload, unknown> ? z.output<Payload> : never;
export type ResultOf<M> = M extends Method<z.ZodType, infer Result> ? Result : never;
