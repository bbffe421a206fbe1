import { setSafeRegexEngine } from 'n8n-workflow';

/**
 * n8n gives a pattern a quarter of a second by the clock, so that a bad one does no harm. On a machine
 * as busy as one that runs all tests, that much can pass in between and a good pattern would fail.
 */
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, by) => input.replace(new RegExp(pattern, flags), by),
	matchAll: (pattern, input, flags) => [
		...input.matchAll(new RegExp(pattern, flags?.includes('g') ? flags : `${flags ?? ''}g`)),
	],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});
