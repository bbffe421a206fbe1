import {
	excerptOf,
	htmlText,
	looksLikeHtml,
	messageOf,
	pageExcerptOf,
} from '../../../lib/model/foreign-text';
import { redactForeign, redactText } from '../../../lib/model/redact';
import { readErrorBody, summarise } from '../../../lib/procore/errors/procore-errors';
import type { Kind } from '../case.types';

/** Text from outside through everything that reads texts: it must take time in proportion to its length. */
export const text: Kind = async ({ input }) => {
	const {
		repeat,
		times,
		before = '',
		after = '',
	} = input as {
		repeat: string;
		times: number;
		before?: string;
		after?: string;
	};
	const hostile = before + repeat.repeat(times) + after;
	looksLikeHtml(hostile);
	for (const read of [excerptOf, pageExcerptOf, messageOf]) read(hostile);
	summarise(readErrorBody({ errors: [hostile, { message: hostile }] }));
	for (const whole of [redactText, redactForeign, htmlText]) {
		await new Promise((resolve) => setImmediate(resolve));
		whole(hostile.slice(0, 20_000));
	}
};
