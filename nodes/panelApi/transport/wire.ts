/** The form fields of one call, without the key: the credential adds it on the way out. */
export type Form = Record<string, string>;

/**
 * What came back over the wire, before anyone judged it.
 * - `answered`: the panel (or something in its place) answered; `pieces` is the body with the key blanked out (see
 *   `bodyPieces`).
 * - `neverLeft`: the request surely did not reach the panel, so nothing can have happened there.
 * - `lost`: the request left, or may have left, and no whole answer came back.
 */
export type WireAnswer =
	| { kind: 'answered'; httpStatus: number; headers: Record<string, string>; pieces: string[] }
	| { kind: 'neverLeft'; reason: string }
	| { kind: 'lost'; reason: string };

export type AnsweredCall = Extract<WireAnswer, { kind: 'answered' }>;

/** The body as it came, but for the key. */
export function wholeText({ pieces }: Pick<AnsweredCall, 'pieces'>): string {
	return pieces.join(',');
}

/** Sends one form to the panel, once. Never throws for what the network does. */
export type Wire = (form: Form, timeoutMs: number) => Promise<WireAnswer>;
