import { redactText } from './redact-text';
import { isSecretName } from './secret-names';

/** Work in steps: others may have their turn at each. */
type Steps<Result> = Generator<void, Result, void>;

const VALUES_PER_STEP = 200;
/** A page or a memo: longer texts are redacted in parts, a line at a time. */
const LONGEST_AT_ONCE = 20_000;

/** An answer as it may be shown to whoever asked: secret members left out, texts without secrets. In steps. */
export function* presentableAnswer(
	value: unknown,
	isSecret: (name: string) => boolean,
): Steps<unknown> {
	let count = 0;
	return yield* shown(value);

	function* shown(node: unknown): Steps<unknown> {
		if ((count += 1) % VALUES_PER_STEP === 0) yield;
		if (typeof node === 'string') return yield* redacted(node);
		if (Array.isArray(node)) {
			const items: unknown[] = [];
			for (const item of node) items.push(yield* shown(item));
			return items;
		}
		if (typeof node !== 'object' || node === null) return node;
		const members: Array<[string, unknown]> = [];
		for (const name of Object.keys(node)) {
			if (!isSecret(name))
				members.push([name, yield* shown((node as Record<string, unknown>)[name])]);
		}
		return Object.fromEntries(members);
	}
}

function* redacted(text: string): Steps<string> {
	if (text.length <= LONGEST_AT_ONCE) return redactText(text);
	const parts: string[] = [];
	for (let from = 0; from < text.length; ) {
		let to = Math.min(from + LONGEST_AT_ONCE, text.length);
		// Nothing secret goes over the end of a line.
		const line = text.lastIndexOf('\n', to - 1);
		if (to < text.length && line > from) to = line + 1;
		parts.push(redactText(text.slice(from, to)));
		from = to;
		yield;
	}
	return parts.join('');
}

/** Headers as they may be shown: without those of logins and sessions. */
export function presentableHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([name]) => !isSecretName(name) && !/^authentication-info$/i.test(name))
			.map(([name, value]) => [name, redactText(value)]),
	);
}
