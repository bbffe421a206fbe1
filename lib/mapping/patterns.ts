import { RE2JS } from 're2js';
import { MappingSettingsError } from './mapping-settings-error';
import { translatePattern, type TranslatedPattern } from './pattern-syntax';

/**
 * Segments of a formatted account string. The separator is the site's choice (GP's default is
 * "-"), so anything that is neither letter nor digit separates.
 */
export function splitAccount(account: string): string[] {
	return account.split(/[^\p{L}\p{N}]+/u).filter((segment) => segment !== '');
}

/** What a pattern found; a group that took no part is undefined. */
export interface PatternMatch {
	/** The whole match first, then the groups by number. */
	parts: Array<string | undefined>;
	named: Record<string, string | undefined>;
}

/** A person's pattern. Its time grows with the length of the text and not faster. */
export interface Pattern {
	test(text: string): boolean;
	exec(text: string): PatternMatch | null;
	/** What `foldedText` of every text it matches holds; '' when there is nothing certain. */
	fixedText: string;
}

/** Longer patterns are refused: nobody can read them, and they take memory. */
const LONGEST = 2_000;
/** Patterns kept ready for use; about 15 kB each. */
const KEPT = 3_000;

/**
 * A person's pattern in JavaScript's syntax and meaning, matched without regard to case: references
 * are typed by hand. It runs in a linear-time engine, so what would take a search of unlimited time
 * (lookaround, backreferences) is refused. Named groups may also be written `(?P<name>…)`.
 *
 * @throws MappingSettingsError that says what in the pattern cannot be used
 */
export function compile(setting: string, pattern: string): Pattern {
	const translated = translate(setting, pattern);
	if (translated.uncertain) {
		try {
			engineOf(translated);
		} catch (cause) {
			throw refused(setting, (cause as Error).message, cause);
		}
	}
	return {
		fixedText: translated.fixedText,
		test: (text) => engineOf(translated).test(text),
		exec: (text) => {
			const found = engineOf(translated).exec(text) as Array<string | undefined> | null;
			if (found === null) return null;
			const named: Record<string, string | undefined> = Object.create(null) as Record<
				string,
				string
			>;
			for (const [name, group] of translated.names) named[name] = found[group] ?? named[name];
			return { parts: [...found], named };
		},
	};
}

/** A text as `fixedText` is looked for in it. */
export function foldedText(text: string): string {
	// The long s is the one sign beside the Kelvin sign that equals an ASCII letter without regard to case.
	return text.toLowerCase().replaceAll('\u017f', 's');
}

function translate(setting: string, pattern: string): TranslatedPattern {
	if (pattern.length > LONGEST) {
		throw refused(setting, `the pattern has ${pattern.length} signs, more than ${LONGEST}`);
	}
	const written = pattern.replace(/\\[^]|\(\?P</g, (part) => (part === '(?P<' ? '(?<' : part));
	let unicode = true;
	try {
		// Only to learn whether it is a pattern at all: it is never run.
		new RegExp(written, 'iu');
	} catch {
		unicode = false;
		try {
			new RegExp(written, 'i');
		} catch (cause) {
			throw refused(setting, (cause as Error).message, cause);
		}
	}
	try {
		return translatePattern(written, unicode);
	} catch (cause) {
		const why = (cause as Error).message;
		throw refused(
			setting,
			`${why}. Patterns run in an engine whose time is limited, which cannot do this`,
			cause,
		);
	}
}

function refused(setting: string, why: string, cause?: unknown): MappingSettingsError {
	return new MappingSettingsError(setting, why, { cause });
}

const kept = new Map<string, RE2JS>();

/** Made when first used, because making one takes longer than using it. */
function engineOf({ source }: TranslatedPattern): RE2JS {
	let engine = kept.get(source);
	if (engine) return engine;
	if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
	kept.set(source, (engine = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)));
	return engine;
}
