/** The form fields of one call, without the key: the credential adds it on the way out. */
export type Form = Record<string, string>;

/**
 * What came back over the wire, before anyone judged it.
 * - `answered`: the panel (or something in its place) answered; `text` is the body with the key blanked out.
 * - `neverLeft`: the request surely did not reach the panel, so nothing can have happened there.
 * - `lost`: the request left, or may have left, and no whole answer came back.
 */
export type WireAnswer =
	| { kind: 'answered'; httpStatus: number; headers: Record<string, string>; text: string }
	| { kind: 'neverLeft'; reason: string }
	| { kind: 'lost'; reason: string };

/** Sends one form to the panel, once. Never throws for what the network does. */
export type Wire = (form: Form, timeoutMs: number) => Promise<WireAnswer>;
