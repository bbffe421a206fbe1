import { RE2JS } from 're2js';
import { ConnectorError } from '../model/connector-error';
import { type TranslatedPattern, translatePattern } from './pattern-syntax';

/** A mapping setting cannot work for any record, so nothing is mapped until it is put right. */
export class MappingSettingsError extends ConnectorError {
	readonly code = 'mapping-settings';
	readonly scope = 'configuration' as const;

	constructor(setting: string, problem: string, options?: { cause?: unknown }) {
		super(
			`The mapping setting "${setting}" cannot be used: ${problem}`,
			{ remedy: `Correct "${setting}" in the GP to Procore node.`, setting },
			options,
		);
	}
}

/**
 * Segments of a formatted account string. The separator is the site's choice (GP's default is
 * "-"), so anything that is neither letter nor digit separates. It is one sign: where it stands twice, or
 * before all else, a segment is blank, and those behind it keep their numbers.
 */
export function splitAccount(account: string): string[] {
	const written = account.trim();
	return BLANK_SEGMENT.test(written)
		? written.split(/\s*[^\p{L}\p{N}\s]\s*|\s+/u)
		: written.split(/[^\p{L}\p{N}]+/u).filter((segment) => segment !== '');
}

const BLANK_SEGMENT = /([^\p{L}\p{N}\s])\s*\1|^([^\p{L}\p{N}\s]).*\2/u;

/** Parts of patterns over the accounts of one company. */
export interface AccountSigns {
	/** One letter or digit. */
	sign: string;
	/** One that is no zero. */
	notZero: string;
	/** A whole segment. */
	segment: string;
	/** What parts two of them. */
	parts: string;
	/** Behind the last sign of a segment. */
	end: string;
}

/**
 * As `splitAccount` reads these accounts: where a segment may be blank, one sign parts two. Letters beyond
 * A to Z are asked for only where there are some: the pattern is read by people.
 */
export function signsOf(accounts: Iterable<string>): AccountSigns {
	let [hasBlank, isPlain] = [false, true];
	for (const account of accounts) {
		hasBlank ||= BLANK_SEGMENT.test(account.trim());
		isPlain &&= !BEYOND_ASCII.test(account);
	}
	const [letters, digits] = isPlain ? ['A-Z', '0-9'] : ['\\p{L}', '\\p{N}'];
	const all = letters + digits;
	const sign = `[${all}]`;
	return {
		sign,
		notZero: `[${letters}1-9]`,
		...(hasBlank
			? { segment: `${sign}*`, parts: ` *[^${all} ] *` }
			: { segment: `${sign}+`, parts: `[^${all}]+` }),
		end: `(?:[^${all}]|$)`,
	};
}

const BEYOND_ASCII = /(?=[\p{L}\p{N}])[^\0-\x7f]/u;

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
	/** `foldedText` of a text it matches holds all texts of one of these lists; none when nothing is certain. */
	fixedTexts: ReadonlyArray<readonly string[]>;
}

/** Longer patterns are refused: nobody can read them, and they take memory. */
const LONGEST = 2_000;
/** Patterns kept ready for use; about 15 kB each. */
const KEPT_ENGINES = 3_000;

/**
 * A person's pattern in JavaScript's syntax and meaning, matched without regard to case: references
 * are typed by hand. It runs in a linear-time engine, so what would take a search of unlimited time
 * (lookaround, backreferences) is refused. Named groups may also be written `(?P<name>…)`.
 *
 * @throws MappingSettingsError that says what in the pattern cannot be used
 */
export function compile(setting: string, pattern: string): Pattern {
	const { fixedTexts, uncertain } = translate(setting, pattern);
	if (uncertain) {
		try {
			engineOf(pattern);
		} catch (cause) {
			throw refused(setting, (cause as Error).message, cause);
		}
	}
	/** Most patterns are about something else: that shows without the engine. */
	const mayMatch = (text: string) => {
		if (fixedTexts.length === 0) return true;
		const folded = foldedText(text);
		return fixedTexts.some((all) => all.every((one) => folded.includes(one)));
	};
	return {
		fixedTexts,
		test: (text) => mayMatch(text) && engineOf(pattern).engine.test(text),
		exec: (text) => {
			if (!mayMatch(text)) return null;
			const { engine, names } = engineOf(pattern);
			const found = engine.exec(text) as Array<string | undefined> | null;
			if (found === null) return null;
			const named: Record<string, string | undefined> = Object.create(null) as Record<
				string,
				string
			>;
			for (const [name, group] of names) named[name] = found[group] ?? named[name];
			return { parts: [...found], named };
		},
	};
}

/** A text as `fixedTexts` are looked for in it. */
export function foldedText(text: string): string {
	// The long s is the one sign beside the Kelvin sign that equals an ASCII letter without regard to case.
	if (text !== lastText) {
		lastFolded = text.toLowerCase().replaceAll('\u017f', 's');
		lastText = text;
	}
	return lastFolded;
}

/** One line is put to many patterns. */
let lastText = '';
let lastFolded = '';

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

interface Engine {
	engine: RE2JS;
	names: TranslatedPattern['names'];
}

const kept = new Map<string, Engine>();

/** Made when first used, because making one takes longer than using it, and most are never used. */
function engineOf(pattern: string): Engine {
	const known = kept.get(pattern);
	if (known) return known;
	const { source, names } = translate('', pattern);
	if (kept.size >= KEPT_ENGINES) kept.delete(kept.keys().next().value!);
	const made = { engine: RE2JS.compile(source, RE2JS.CASE_INSENSITIVE), names };
	kept.set(pattern, made);
	return made;
}
