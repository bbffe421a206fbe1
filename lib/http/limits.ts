const MB = 1024 * 1024;

/** Largest answer taken in, megabytes, unless the node's options say otherwise. */
export const DEFAULT_MAX_ANSWER_MB = 64;
export const MOST_ANSWER_MB = 512;

/** The cap in bytes; anything that is not a number of megabytes from 1 to 512 is brought within. */
export function answerCap(megabytes: number = DEFAULT_MAX_ANSWER_MB): number {
	const asked = Number.isFinite(megabytes) ? megabytes : DEFAULT_MAX_ANSWER_MB;
	return Math.floor(Math.min(Math.max(asked, 1), MOST_ANSWER_MB) * MB);
}

/** Longest wait a timer can hold; Node fires at once when asked for more. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What one answer may hold, so that a few bytes cannot become gigabytes of objects. */
export interface AnswerLimits {
	/** Objects, lists and values together. */
	values: number;
	/** Members of one list. */
	rows: number;
	/** Levels of nesting. */
	depth: number;
	/** Characters of one text. */
	text: number;
}

/** For answers up to 64 MB; a higher cap allows as many more. */
export const ANSWER_LIMITS: AnswerLimits = {
	values: 4_000_000,
	rows: 250_000,
	depth: 100,
	text: MB,
};

/** The limits of an answer that may have so many bytes: a value takes 16 at least, in any answer that is meant. */
export function limitsFor(maxBytes: number): AnswerLimits {
	const share = Math.max(1, maxBytes / answerCap());
	return {
		...ANSWER_LIMITS,
		values: Math.floor(ANSWER_LIMITS.values * share),
		rows: Math.floor(ANSWER_LIMITS.rows * share),
	};
}
